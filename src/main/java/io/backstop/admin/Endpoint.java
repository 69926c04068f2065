package io.backstop.admin;

import java.util.List;

/**
 * One path that is answered.
 *
 * @param path with {@code {name}} in place of what differs
 * @param what what it is for, for people
 * @param pathParameters what stands for the names in the path
 * @param parameters after the question mark
 */
record Endpoint(
    String path,
    String what,
    List<Parameter> pathParameters,
    List<Parameter> parameters,
    Answer answer,
    Handler handler) {

  Endpoint {
    pathParameters = List.copyOf(pathParameters);
    parameters = List.copyOf(parameters);
  }
}
