package io.backstop.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Keys of the records of cached results: {@code <action> <cache key>} for an entry, {@code *} for
 * the mark that makes all older entries void, {@code * <action>} for the same with one action. No
 * action has a space or an asterisk in its name, so none of them can be taken for another.
 */
final class RecordKey {
  /** In place of an action: all of them. */
  static final String ALL = "*";

  private static final String MARK_OF_ACTION = ALL + " ";
  private static final int MAX_BYTES = 1_000;

  private RecordKey() {}

  /**
   * The key of an entry whose cache key a request has given, below 1 KB: of a longer one it has the
   * SHA-256.
   *
   * @param key any text; none can be taken for a payload's
   */
  static String ofGiven(String action, String key) {
    int room = MAX_BYTES - action.length() - 2;
    boolean fits = key.length() <= room && EntrySize.utf8(key) <= room;
    return action + " " + (fits ? "=" + key : "#" + sha256(key));
  }

  /** The key of an entry under the hash of its request's payload. */
  static String ofPayload(String action, String hash) {
    return action + " payload:" + hash;
  }

  /**
   * @param scope an action, or {@link #ALL}
   */
  static String ofMark(String scope) {
    return scope.equals(ALL) ? ALL : MARK_OF_ACTION + scope;
  }

  static boolean isMark(String recordKey) {
    return recordKey.equals(ALL) || recordKey.startsWith(MARK_OF_ACTION);
  }

  /** Whether it is one of the three. */
  static boolean isValid(String recordKey) {
    return recordKey.equals(ALL) || recordKey.indexOf(' ') > 0;
  }

  /** The action that a valid key is about, or {@link #ALL}. */
  static String scope(String recordKey) {
    if (recordKey.startsWith(MARK_OF_ACTION)) {
      return recordKey.substring(MARK_OF_ACTION.length());
    }
    int end = recordKey.indexOf(' ');
    return end < 0 ? recordKey : recordKey.substring(0, end);
  }

  private static String sha256(String key) {
    try {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
