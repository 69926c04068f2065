package io.backstop.executor.google;

import io.backstop.action.TablePayload;
import java.util.ArrayList;
import java.util.List;

/** What Sheets would refuse in a payload, said before the call. */
final class SheetsProblems {
  private SheetsProblems() {}

  static List<String> of(TablePayload payload) {
    List<String> problems = new ArrayList<>();
    if (isBlank(payload.getDocument())) {
      problems.add("payload.document is missing: name the spreadsheet's id");
    }
    if (isBlank(payload.getRange())) {
      problems.add(
          "payload.range is missing: name a range in A1 notation, for example Orders!A1:D");
    }
    if (payload.getRows().isEmpty()) {
      problems.add("payload.rows is missing: write at least one row of cells");
    }
    for (int row = 0; row < payload.getRows().size(); row++) {
      for (int cell = 0; cell < payload.getRows().get(row).size(); cell++) {
        // JSON has no sign for these
        if (payload.getRows().get(row).get(cell) instanceof Double number
            && !Double.isFinite(number)) {
          problems.add(
              "payload.rows[%d][%d] is %s: write a finite number or text"
                  .formatted(row, cell, number));
        }
      }
    }
    return problems;
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }
}
