package io.backstop.cache;

import io.backstop.action.CachedResult;
import io.backstop.action.Command;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a command {@code cache.clear} asks for. Pure. */
sealed interface Clearing {

  /**
   * One entry goes.
   *
   * @param recordKey under which its tombstone is written
   */
  record OfEntry(String recordKey, String action) implements Clearing {}

  /**
   * All entries of a scope are void.
   *
   * @param recordKey under which the mark is written
   * @param scope an action, or {@link RecordKey#ALL}
   */
  record OfScope(String recordKey, String scope, CachedResult mark) implements Clearing {}

  /** Nothing is cleared. */
  record Refused(String reason) implements Clearing {}

  /** Argument: cache key of the one entry to clear. */
  String KEY = "key";

  /** Argument: {@code true} for all entries of all actions. */
  String EVERYTHING = "all";

  Set<String> ARGUMENTS = Set.of(KEY, EVERYTHING);

  int MAX_ACTION_LENGTH = 200;

  /**
   * @param now epoch milliseconds; what was stored until then is cleared
   */
  static Clearing of(Command command, long now) {
    Map<String, String> arguments = command.getArguments();
    String subject = command.getSubject();
    String key = arguments.get(KEY);
    boolean all = subject.equals(RecordKey.ALL) || "true".equals(arguments.get(EVERYTHING));
    Optional<String> unknown =
        arguments.keySet().stream().filter(name -> !ARGUMENTS.contains(name)).sorted().findFirst();
    if (unknown.isPresent()) {
      return new Refused(
          "there is no argument '%s': cache.clear takes key (one entry of an action) or all=true"
              .formatted(unknown.get()));
    }
    if (all) {
      return key == null && (subject.isEmpty() || subject.equals(RecordKey.ALL))
          ? scope(RecordKey.ALL, command, now)
          : new Refused(
              "both everything and a part of it: give all=true alone, or an action as subject with"
                  + " or without a key");
    }
    if (!isAction(subject)) {
      return new Refused(
          "subject is not an action: give one, for example notion:query, with argument key for one"
              + " entry of it; or all=true for everything");
    }
    return key == null
        ? scope(subject, command, now)
        : new OfEntry(RecordKey.ofGiven(subject, key), subject);
  }

  private static Clearing scope(String scope, Command command, long now) {
    CachedResult mark =
        CachedResult.newBuilder()
            .setAction(RecordKey.ofMark(scope))
            .setRequestId(command.getCommandId())
            .setStoredAt(Instant.ofEpochMilli(now))
            .build();
    return new OfScope(RecordKey.ofMark(scope), scope, mark);
  }

  private static boolean isAction(String subject) {
    int colon = subject.indexOf(':');
    return colon > 0
        && colon < subject.length() - 1
        && subject.length() <= MAX_ACTION_LENGTH
        && subject.indexOf(' ') < 0
        && !subject.startsWith(RecordKey.ALL);
  }
}
