package io.backstop.executor.file;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the records in a stream of CSV bytes (RFC 4180), of which it keeps only the cells that tell
 * whose they are. A record counts when its line end has come, and one in quotes is none.
 */
final class CsvScanner {

  /**
   * A whole record.
   *
   * @param start offset of its first byte
   * @param end offset behind it
   * @param line number of its first line in the file, from 1
   * @param row number of its row in the request's table, 0 where it says nothing readable
   * @param rows how many rows the request has, 0 where it says nothing readable
   */
  record Found(KeyDigest digest, long start, long end, int line, int row, int rows) {}

  private enum State {
    CELL_START,
    PLAIN,
    QUOTED,
    QUOTE_IN_QUOTED
  }

  private static final int KEPT = CsvLines.ROWS_COLUMN + 1;

  private final List<ByteArrayOutputStream> cells = new ArrayList<>();
  private State state = State.CELL_START;
  private int column;
  private long offset;
  private long start;
  private int line;
  private int firstLine;

  /**
   * @param offset where the first byte stands, at the start of a record
   * @param line number of the line that it starts, from 1
   */
  CsvScanner(long offset, int line) {
    this.offset = offset;
    this.start = offset;
    this.line = line;
    this.firstLine = line;
    for (int i = 0; i < KEPT; i++) {
      cells.add(new ByteArrayOutputStream(0));
    }
  }

  /** The record that ends with this byte; null where none does. */
  Found next(byte next) {
    offset++;
    if (next == '\n') {
      line++;
    }
    if (state == State.QUOTED) {
      if (next == '"') {
        state = State.QUOTE_IN_QUOTED;
      } else {
        keep(next);
      }
      return null;
    } else if (next == '\n') {
      return endRecord();
    } else if (next == ',') {
      column++;
      state = State.CELL_START;
    } else if (next == '"' && state != State.PLAIN) {
      if (state == State.QUOTE_IN_QUOTED) {
        keep(next);
      }
      state = State.QUOTED;
    } else {
      keep(next);
      state = State.PLAIN;
    }
    return null;
  }

  /** Number of the line that the next byte is on. */
  int line() {
    return line;
  }

  private void keep(byte next) {
    if (column == CsvLines.KEY_COLUMN
        || column == CsvLines.ROW_COLUMN
        || column == CsvLines.ROWS_COLUMN) {
      cells.get(column).write(next);
    }
  }

  private Found endRecord() {
    Found found =
        new Found(
            KeyDigest.of(cells.get(CsvLines.KEY_COLUMN).toByteArray()),
            start,
            offset,
            firstLine,
            number(CsvLines.ROW_COLUMN),
            number(CsvLines.ROWS_COLUMN));
    cells.forEach(ByteArrayOutputStream::reset);
    column = 0;
    state = State.CELL_START;
    start = offset;
    firstLine = line;
    return found;
  }

  private int number(int cell) {
    String text = cells.get(cell).toString(StandardCharsets.US_ASCII);
    try {
      return Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException notOurs) {
      return 0;
    }
  }
}
