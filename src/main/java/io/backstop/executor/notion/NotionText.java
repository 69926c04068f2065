package io.backstop.executor.notion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.backstop.executor.Json;
import java.util.ArrayList;
import java.util.List;

/** Plain text in Notion's forms, within its limits per piece of text and per call. */
final class NotionText {
  static final int MOST_BLOCKS = 100;
  private static final int LONGEST_PIECE = 2000;

  private NotionText() {}

  /** Rich text without formatting. */
  static ArrayNode richText(String text) {
    var pieces = Json.array();
    for (String piece : pieces(text)) {
      pieces.addObject().put("type", "text").putObject("text").put("content", piece);
    }
    return pieces;
  }

  /** One paragraph block per line of the text; empty lines are kept. */
  static ArrayNode paragraphs(String text) {
    var blocks = Json.array();
    text.lines()
        .forEach(
            line ->
                blocks
                    .addObject()
                    .put("object", "block")
                    .put("type", "paragraph")
                    .putObject("paragraph")
                    .set("rich_text", richText(line)));
    return blocks;
  }

  /** Cut so that no character outside the basic plane is torn apart. */
  private static List<String> pieces(String text) {
    var pieces = new ArrayList<String>(1);
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(from + LONGEST_PIECE, text.length());
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
        to--;
      }
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces;
  }
}
