package io.backstop.executor.file;

import java.util.regex.Pattern;

/**
 * An idempotency key as part of a file name: no two keys have the same, also where a file system
 * takes A for a. A plain key stays as it is; any other gets the letters that are safe, a dash and
 * its digest.
 */
final class SafeName {
  private static final int LONGEST = 100;
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9._-]{1," + LONGEST + "}");
  // so that no plain key looks like one that was changed
  private static final Pattern ENDS_LIKE_CHANGED = Pattern.compile(".*-[0-9a-f]{32}");
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");

  private SafeName() {}

  /** At most 100 ASCII letters, digits, dots, dashes and underscores. */
  static String of(String key) {
    if (PLAIN.matcher(key).matches() && !ENDS_LIKE_CHANGED.matcher(key).matches()) {
      return key;
    }
    String digest = "-" + KeyDigest.of(key).hex();
    String safe = UNSAFE.matcher(key).replaceAll("_");
    return safe.substring(0, Math.min(safe.length(), LONGEST - digest.length())) + digest;
  }
}
