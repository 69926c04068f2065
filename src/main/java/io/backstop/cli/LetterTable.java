package io.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * A list of dead letters for a person. Ids are never cut, because 'show' takes them; category and
 * tags have a column where any letter has some.
 */
final class LetterTable {
  private static final int WIDEST_CATEGORY = 30;

  private final Table table;
  private final boolean hasCategories;

  LetterTable(List<JsonNode> letters) {
    int id = letters.stream().mapToInt(each -> each.path("id").asText().length()).max().orElse(0);
    int category = letters.stream().mapToInt(each -> category(each).length()).max().orElse(0);
    hasCategories = category > 0;
    Table columns =
        new Table()
            .column("CREATED", 20)
            .column("STATUS", 9)
            .column("GEN", 3)
            .column("WHY", 11)
            .column("CLASS", 18)
            .column("ACTION", 22)
            .column("TARGET", 22)
            .column("ID", Math.max(2, id));
    if (hasCategories) {
      columns.column("CATEGORY", Math.min(Math.max(8, category), WIDEST_CATEGORY));
    }
    table = columns.last("REASON");
  }

  String head() {
    return table.head();
  }

  String row(JsonNode letter) {
    List<String> values = new ArrayList<>();
    values.add(JsonText.seconds(letter.path("createdAt")));
    values.add(letter.path("status").textValue());
    values.add(letter.path("generation").asText("0"));
    values.add(letter.path("reasonCode").textValue());
    values.add(letter.path("failureClass").textValue());
    values.add(letter.path("action").textValue());
    values.add(letter.path("target").textValue());
    values.add(letter.path("id").textValue());
    if (hasCategories) {
      String category = category(letter);
      values.add(category.isEmpty() ? null : category);
    }
    values.add(letter.path("reason").textValue());
    return table.row(values.toArray(String[]::new));
  }

  /** Category and tags: {@code quota #known #ann}. */
  private static String category(JsonNode letter) {
    StringJoiner words = new StringJoiner(" ");
    if (letter.path("category").isTextual()) {
      words.add(letter.path("category").textValue());
    }
    letter.path("tags").forEach(tag -> words.add("#" + tag.asText()));
    return words.toString();
  }
}
