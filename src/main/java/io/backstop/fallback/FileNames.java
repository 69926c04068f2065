package io.backstop.fallback;

import io.backstop.executor.file.FileWrite;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Names that a file can have on any system. */
final class FileNames {
  /** UTF-8 bytes that {@code file:write} takes. */
  private static final int LONGEST = 200;

  private static final int LONGEST_EXTENSION = 20;
  private static final Pattern IMPOSSIBLE = Pattern.compile("[/\\\\\\p{C}\\p{Zl}\\p{Zp}]");

  private FileNames() {}

  /**
   * Made of the letters, digits, dots, dashes and underscores of a text; at most 150 characters.
   */
  static String plain(String text) {
    String name = text.replaceAll("[^A-Za-z0-9._-]+", "-");
    return name.substring(0, Math.min(name.length(), 150));
  }

  /** The name where {@code file:write} takes it; else the nearest that it takes. */
  static String possible(String name) {
    String plain = IMPOSSIBLE.matcher(name).replaceAll("_");
    String possible = fitted(plain, LONGEST);
    return FileWrite.takes(possible) ? possible : "_" + fitted(plain, LONGEST - 1);
  }

  /** Cut before its extension. */
  private static String fitted(String name, int longest) {
    int dot = name.lastIndexOf('.');
    boolean hasExtension = dot > 0 && name.length() - dot <= LONGEST_EXTENSION;
    String extension = hasExtension ? name.substring(dot) : "";
    String stem = name.substring(0, name.length() - extension.length());
    while (size(stem + extension) > longest) {
      stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
    }
    return stem + extension;
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
