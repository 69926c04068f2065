package io.backstop.fallback;

import io.backstop.action.TablePayload;
import java.util.List;

/** Rows for a target. */
final class TableConversion {
  /** Google Sheets: characters in a cell. */
  private static final int SHEETS_CELL = 50_000;

  private TableConversion() {}

  /** Rows of another service, or for another operation of the same one. */
  static TablePayload convert(TablePayload from, Conversion conversion) {
    TablePayload.Builder to = TablePayload.newBuilder(from);
    if (conversion.isSameService()) {
      return from;
    }
    Losses losses = conversion.losses();
    losses.addIfGiven(conversion.ofOrigin("document"), from.getDocument());
    losses.addIfGiven(conversion.ofOrigin("range"), from.getRange());
    place(to, conversion);
    if (isText(conversion)) {
      Cells.loseTypes(from.getRows(), losses);
      to.setRows(
          from.getRows().stream().map(row -> List.<Object>copyOf(Cells.texts(row))).toList());
      if (from.getParseInput()) {
        losses.add("reading of cells as typed (they are kept as text)");
        to.setParseInput(false);
      }
    }
    return to.build();
  }

  /** One row made of what is no table: action, request id, title, text. */
  static TablePayload ofWords(Words words, Conversion conversion) {
    boolean isSheet = conversion.service().equals("sheets");
    String text =
        isSheet ? conversion.losses().fitted("text", words.text(), SHEETS_CELL) : words.text();
    String title =
        isSheet ? conversion.losses().fitted("title", words.title(), SHEETS_CELL) : words.title();
    List<Object> row =
        List.of(conversion.request().getAction(), conversion.request().getRequestId(), title, text);
    TablePayload.Builder to = TablePayload.newBuilder().setRows(List.of(row));
    place(to, conversion);
    return to.build();
  }

  private static void place(TablePayload.Builder to, Conversion conversion) {
    Place place = conversion.place();
    boolean isSheet = conversion.service().equals("sheets");
    if (isSheet && place.document().isEmpty()) {
      throw place.missing("document", "the id of the spreadsheet");
    } else if (isSheet && place.range().isEmpty()) {
      throw place.missing("range", "a range in A1 notation, for example Sheet1!A1:D");
    }
    to.setDocument(place.document().orElse(null));
    to.setRange(place.range().orElse(null));
  }

  private static boolean isText(Conversion conversion) {
    return conversion.service().equals("csv") || conversion.service().equals("file");
  }
}
