package io.backstop.admin;

import io.backstop.executor.Json;

/**
 * A parameter of a query.
 *
 * @param what what it does, for people
 */
record Parameter(String name, String what, ParameterType type) {

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
