package io.backstop.executor.google;

import io.backstop.action.TablePayload;
import io.backstop.executor.Problems;
import java.util.List;

/** What Sheets would refuse in a payload, said before the call. */
final class SheetsProblems {
  private SheetsProblems() {}

  static List<String> of(TablePayload payload) {
    Problems problems =
        new Problems()
            .requireId("payload.document", payload.getDocument(), "name the spreadsheet's id")
            .require(
                "payload.range",
                payload.getRange(),
                "name a range in A1 notation, for example Orders!A1:D")
            .require("payload.rows", payload.getRows(), "write at least one row of cells");
    for (int row = 0; row < payload.getRows().size(); row++) {
      checkCells(row, payload.getRows().get(row), problems);
    }
    return problems.found();
  }

  private static void checkCells(int row, List<Object> cells, Problems problems) {
    for (int cell = 0; cell < cells.size(); cell++) {
      // JSON cannot write the others
      boolean writable = !(cells.get(cell) instanceof Double number) || Double.isFinite(number);
      problems.check(
          writable,
          "payload.rows[%d][%d] is not a finite number: write a number or text"
              .formatted(row, cell));
    }
  }
}
