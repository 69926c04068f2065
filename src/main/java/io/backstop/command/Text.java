package io.backstop.command;

/** Text from outside, made fit for a message or a log line. */
final class Text {
  private Text() {}

  /** On one line, and cut to {@code longest} characters. */
  static String line(String text, int longest) {
    var line = new StringBuilder(text.substring(0, Math.min(text.length(), longest)));
    for (int index = 0; index < line.length(); index++) {
      if (Character.isISOControl(line.charAt(index))) {
        line.setCharAt(index, ' ');
      }
    }
    return line.toString();
  }
}
