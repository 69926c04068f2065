package io.backstop.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What Notion's body validation complains about, in its words; empty means a valid body. */
final class NotionRules {
  static final List<String> PARENTS = List.of("database_id", "data_source_id", "page_id");

  private static final Set<String> OF_NEW_PAGE =
      Set.of(
          "parent",
          "properties",
          "children",
          "icon",
          "cover",
          "template",
          "content",
          "markdown",
          "position");
  private static final Set<String> OF_CHANGE =
      Set.of(
          "properties",
          "icon",
          "cover",
          "archived",
          "in_trash",
          "is_locked",
          "template",
          "erase_content");
  private static final Set<String> OF_QUERY =
      Set.of("filter", "sorts", "start_cursor", "page_size", "archived", "in_trash", "result_type");
  private static final int MOST_CHILDREN = 100;
  private static final int MOST_TEXT = 2000;
  private static final int MOST_HITS = 100;

  private NotionRules() {}

  static Optional<String> problemOfNewPage(JsonNode body) {
    return firstOf(
        () -> unknownName(body, OF_NEW_PAGE),
        () -> object(body, "parent", true),
        () -> parent(body.path("parent")),
        () -> object(body, "properties", true),
        () -> properties(body.path("properties")),
        () -> children(body.path("children")));
  }

  static Optional<String> problemOfChange(JsonNode body) {
    return firstOf(
        () -> unknownName(body, OF_CHANGE),
        () -> object(body, "properties", false),
        () -> properties(body.path("properties")));
  }

  static Optional<String> problemOfQuery(JsonNode body) {
    return firstOf(
        () -> unknownName(body, OF_QUERY),
        () -> object(body, "filter", false),
        () -> {
          JsonNode sorts = body.path("sorts");
          return complain(!sorts.isMissingNode() && !sorts.isArray(), "sorts", "an array", sorts);
        },
        () -> pageSize(body.path("page_size")),
        () -> {
          JsonNode cursor = body.path("start_cursor");
          boolean wrong = !cursor.isMissingNode() && !Ids.isUuid(cursor.asText(""));
          return complain(wrong, "start_cursor", "a valid uuid", cursor);
        });
  }

  static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private interface Check {
    Optional<String> problem();
  }

  private static Optional<String> firstOf(Check... checks) {
    for (Check check : checks) {
      Optional<String> problem = check.problem();
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> unknownName(JsonNode body, Set<String> known) {
    if (!body.isObject()) {
      return Optional.of("body failed validation: body should be an object.");
    }
    return names(body).stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .flatMap(name -> complain(true, name, "not present", body.path(name)));
  }

  private static Optional<String> object(JsonNode body, String name, boolean required) {
    JsonNode node = body.path(name);
    if (node.isMissingNode()) {
      return complain(required, name, "defined", node);
    }
    return complain(!node.isObject(), name, "an object", node);
  }

  private static Optional<String> parent(JsonNode parent) {
    for (String kind : PARENTS) {
      JsonNode id = parent.path(kind);
      if (!id.isMissingNode()) {
        boolean wrong = !Ids.isUuid(id.asText("")) && !Ids.unknown(id.asText(""));
        return complain(wrong, "parent." + kind, "a valid uuid", id);
      }
    }
    boolean workspace = parent.path("workspace").asBoolean(false);
    return complain(!workspace, "parent.page_id", "defined", parent.path("page_id"));
  }

  private static Optional<String> properties(JsonNode properties) {
    for (String name : names(properties)) {
      JsonNode value = properties.path(name);
      String path = "properties." + name;
      // A page below a page may give its title as a bare list of rich text.
      if (!value.isObject() && !value.isArray()) {
        return complain(true, path, "an object", value);
      }
      Optional<String> longText = longText(value, path);
      if (longText.isPresent()) {
        return longText;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> children(JsonNode children) {
    if (children.isMissingNode()) {
      return Optional.empty();
    }
    if (!children.isArray()) {
      return complain(true, "children", "an array", children);
    }
    if (children.size() > MOST_CHILDREN) {
      return Optional.of(tooMuch("children.length", MOST_CHILDREN, children.size()));
    }
    return longText(children, "children");
  }

  private static Optional<String> longText(JsonNode node, String path) {
    JsonNode content = node.path("text").path("content");
    if (content.isTextual() && content.textValue().length() > MOST_TEXT) {
      String place = path + ".text.content.length";
      return Optional.of(tooMuch(place, MOST_TEXT, content.textValue().length()));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      Optional<String> found = longText(node.get(i), path + "[" + i + "]");
      if (found.isPresent()) {
        return found;
      }
    }
    if (node.isObject()) {
      for (String name : names(node)) {
        Optional<String> found = longText(node.path(name), path + "." + name);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> pageSize(JsonNode size) {
    if (size.isMissingNode()) {
      return Optional.empty();
    }
    if (!size.isInt() || size.intValue() < 1) {
      return complain(true, "page_size", "a positive number", size);
    }
    return size.intValue() > MOST_HITS
        ? Optional.of(tooMuch("page_size", MOST_HITS, size.intValue()))
        : Optional.empty();
  }

  private static String tooMuch(String path, int most, int actual) {
    return "body failed validation: body."
        + path
        + " should be ≤ `"
        + most
        + "`, instead was `"
        + actual
        + "`.";
  }

  private static Optional<String> complain(
      boolean wrong, String path, String wanted, JsonNode actual) {
    if (!wrong) {
      return Optional.empty();
    }
    String shown = actual.isMissingNode() ? "undefined" : actual.toString();
    return Optional.of(
        "body failed validation: body."
            + path
            + " should be "
            + wanted
            + ", instead was `"
            + shown
            + "`.");
  }
}
