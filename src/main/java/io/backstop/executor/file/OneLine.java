package io.backstop.executor.file;

import java.util.Collection;
import java.util.stream.Collectors;

/** Text of others in a line of a log: it can neither end the line nor look like more than it is. */
final class OneLine {
  private OneLine() {}

  /**
   * In quotes, with an escape for each quote, backslash and character that is not seen; cut to
   * {@code longest} characters before that.
   */
  static String quoted(String text, int longest) {
    StringBuilder line = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().limit(longest).forEach(codePoint -> append(line, codePoint));
    if (text.codePointCount(0, text.length()) > longest) {
      line.append("...");
    }
    return line.append('"').toString();
  }

  /** The first {@code most} texts, each as {@link #quoted}, in brackets. */
  static String list(Collection<String> texts, int most, int longest) {
    String first =
        texts.stream()
            .limit(most)
            .map(text -> quoted(text, longest))
            .collect(Collectors.joining(","));
    return texts.size() > most
        ? "[%s,and %d more]".formatted(first, texts.size() - most)
        : "[" + first + "]";
  }

  private static void append(StringBuilder line, int codePoint) {
    switch (codePoint) {
      case '"' -> line.append("\\\"");
      case '\\' -> line.append("\\\\");
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (isSeen(codePoint)) {
          line.appendCodePoint(codePoint);
        } else {
          line.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
        }
      }
    }
  }

  private static boolean isSeen(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
