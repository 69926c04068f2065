package io.backstop.executor.file;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which names from a request may be given to a file: those of one plain file in one directory on
 * any system. Anything else is refused, never rewritten.
 */
final class FileName {
  /** UTF-8 bytes; file systems take 255, and a suffix must fit. */
  static final int LONGEST = 200;

  private static final Set<String> OURS = Set.of(StagedFiles.FOLDER, DirectoryLock.FILE);
  private static final Pattern DEVICE =
      Pattern.compile("(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\\$|conout\\$)([. ].*)?");

  private FileName() {}

  /** What is wrong with the name, as a sentence about the field {@code payload.name}. */
  static Optional<String> problem(String name) {
    if (name == null || name.isBlank()) {
      return Optional.of("payload.name is missing: a file needs a name");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (name.equals(".") || name.equals("..") || name.chars().anyMatch(FileName::separates)) {
      return Optional.of(
          "payload.name leads out of the directory: write a name without / and \\, not a path");
    } else if (name.codePoints().anyMatch(FileName::isHidden)) {
      return Optional.of(
          "payload.name holds a control character or another that cannot be seen: remove it");
    } else if (DEVICE.matcher(lower).matches() || OURS.contains(lower)) {
      return Optional.of("payload.name is reserved: choose another name than " + name);
    } else if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      return Optional.of(
          "payload.name is longer than %d bytes of UTF-8: shorten it".formatted(LONGEST));
    }
    return Optional.empty();
  }

  /** The name with a text before its extension: {@code report-x.pdf} of {@code report.pdf}. */
  static String with(String name, String text) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name + "-" + text : name.substring(0, dot) + "-" + text + name.substring(dot);
  }

  private static boolean separates(int character) {
    return character == '/' || character == '\\';
  }

  /** Marks of direction are among them: they can show a name backwards. */
  private static boolean isHidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
