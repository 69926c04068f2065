package io.backstop.cli;

/** Text from outside, which must not steer the terminal, turn the line round or break it. */
final class SafeText {
  private SafeText() {}

  /** On one line. */
  static String line(String text) {
    return replaced(text, "");
  }

  /** With its line breaks and tabs. */
  static String lines(String text) {
    return replaced(text, "\n\t");
  }

  private static String replaced(String text, String kept) {
    return text.codePoints()
        .map(point -> isPlain(point) || kept.indexOf(point) >= 0 ? point : ' ')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isPlain(int point) {
    return !Character.isISOControl(point) && !isSeparator(point) && !turnsDirection(point);
  }

  private static boolean isSeparator(int point) {
    return point == 0x2028 || point == 0x2029;
  }

  /** Marks, embeddings, overrides and isolates of bidirectional text. */
  private static boolean turnsDirection(int point) {
    return point == 0x061C
        || point == 0x200E
        || point == 0x200F
        || point >= 0x202A && point <= 0x202E
        || point >= 0x2066 && point <= 0x2069;
  }
}
