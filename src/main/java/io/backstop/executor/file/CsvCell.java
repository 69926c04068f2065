package io.backstop.executor.file;

/**
 * Text as the cell of a table that a spreadsheet may open: never a formula. What could be read as
 * one gets an apostrophe in front, and so does what begins with an apostrophe, so that the text can
 * be had back: an apostrophe at the start of a cell is always one too many.
 *
 * <p>Source: OWASP, "CSV Injection" ({@code = + - @}, tab, carriage return, line feed, full-width
 * forms).
 */
final class CsvCell {
  private static final String STARTS_FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";
  private static final String NEVER_FIRST = "'\t\r\n";

  private CsvCell() {}

  /** A number is no formula, also a negative one. */
  static Object of(Object value) {
    if (value == null) {
      return "";
    } else if (value instanceof Double number && !Double.isFinite(number)) {
      return of(number.toString());
    } else if (value instanceof Number || value instanceof Boolean) {
      return value;
    }
    return of(value.toString());
  }

  static String of(String text) {
    return text != null && (isNeverFirst(text) || startsFormula(text)) ? "'" + text : text;
  }

  private static boolean isNeverFirst(String text) {
    return !text.isEmpty() && NEVER_FIRST.indexOf(text.charAt(0)) >= 0;
  }

  /** Readers of tables skip blanks and what cannot be seen. */
  private static boolean startsFormula(String text) {
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      if (STARTS_FORMULA.indexOf(character) >= 0) {
        return true;
      } else if (!isSkipped(character)) {
        return false;
      }
    }
    return false;
  }

  private static boolean isSkipped(char character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || Character.isISOControl(character)
        || Character.getType(character) == Character.FORMAT;
  }
}
