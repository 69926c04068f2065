package io.backstop.executor.file;

import io.backstop.action.TablePayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The lines of one request: one for each row of its table, at least one, and ready to be written.
 *
 * @param digest of its key's cell, by which a repeat is recognised
 * @param bytes UTF-8, each record ends with a line feed
 * @param rows how many records
 */
record CsvLines(KeyDigest digest, byte[] bytes, int rows) {
  /** Which column holds the key, and which say that a record is one of several: 2 of 3. */
  static final int KEY_COLUMN = 1;

  static final int ROW_COLUMN = 6;
  static final int ROWS_COLUMN = 7;

  /** The first line of each file. A cell of the payload more than the first has no name. */
  static final byte[] HEADER =
      ("time,idempotency_key,request_id,action,submitter,primary_error,row,rows,document,range,"
              + "cells\n")
          .getBytes(StandardCharsets.UTF_8);

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  /**
   * @param now when they are written, epoch milliseconds
   */
  static CsvLines of(FiledRequest filed, long now) {
    TablePayload table = (TablePayload) filed.request().getPayload();
    List<List<Object>> rows = table.getRows().isEmpty() ? List.of(List.of()) : table.getRows();
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
      for (int row = 0; row < rows.size(); row++) {
        List<Object> cells = new ArrayList<>(fixed(filed, now, row + 1, rows.size()));
        cells.add(table.getDocument());
        cells.add(table.getRange());
        cells.addAll(rows.get(row));
        printer.printRecord(cells.stream().map(CsvCell::of));
      }
    } catch (IOException e) {
      // a builder has no disk
      throw new UncheckedIOException(e);
    }
    return new CsvLines(
        digest(filed.key()), text.toString().getBytes(StandardCharsets.UTF_8), rows.size());
  }

  /** Of the key as its cell says it. */
  static KeyDigest digest(String key) {
    return KeyDigest.of(CsvCell.of(key));
  }

  private static List<Object> fixed(FiledRequest filed, long now, int row, int rows) {
    List<Object> cells = new ArrayList<>();
    cells.add(Instant.ofEpochMilli(now));
    cells.add(filed.key());
    cells.add(filed.original().getRequestId());
    cells.add(filed.original().getAction());
    cells.add(filed.original().getSubmitter());
    cells.add(filed.primaryError().orElse(null));
    cells.add(row);
    cells.add(rows);
    return cells;
  }
}
