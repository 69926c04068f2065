package io.backstop.admin;

import io.backstop.executor.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * A parameter of a query.
 *
 * @param what what it does, for people
 */
record Parameter(String name, String what, ParameterType type) {

  /**
   * All values of one that can have several.
   *
   * @throws QueryProblem when they are not allowed
   */
  List<String> parse(ParameterType.Several several, List<String> texts) {
    List<String> all = new ArrayList<>();
    for (String text : texts) {
      for (String each : several.split(text)) {
        all.add((String) parse(each));
      }
    }
    if (all.size() > several.most()) {
      throw new QueryProblem(
          400,
          "parameter %s has %d values, but at most %d are allowed: ask in parts"
              .formatted(name, all.size(), several.most()),
          Json.object().put("parameter", name));
    }
    return all;
  }

  /**
   * @throws QueryProblem when the value is not allowed
   */
  Object parse(String text) {
    try {
      return type.parse(text);
    } catch (IllegalArgumentException e) {
      String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
      String nearest = type.nearest(text).map(meant -> "; did you mean " + meant + "?").orElse("");
      throw new QueryProblem(
          400,
          "parameter %s is '%s', but must be %s%s".formatted(name, shown, type.expected(), nearest),
          Json.object().put("parameter", name));
    }
  }
}
