package io.backstop.cache;

import java.util.Map;
import java.util.OptionalLong;

/**
 * What one instance holds at one moment.
 *
 * @param bytes size of all entries together
 * @param oldest when the oldest entry was stored, epoch milliseconds
 * @param byAction entries of each action that has any
 */
record Held(int entries, long bytes, OptionalLong oldest, Map<String, Integer> byAction) {
  static final Held NOTHING = new Held(0, 0, OptionalLong.empty(), Map.of());

  /** Entries of an action, or of {@link RecordKey#ALL}. */
  int entriesOf(String scope) {
    return scope.equals(RecordKey.ALL) ? entries : byAction.getOrDefault(scope, 0);
  }
}
