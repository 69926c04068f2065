package io.backstop.admin;

import io.backstop.config.NearestName;
import io.backstop.executor.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The parameters of one request, checked against those that its endpoint takes. */
final class Arguments {
  private final String path;
  private final Map<String, List<String>> given;
  private final Map<String, Object> values;

  private Arguments(String path, Map<String, List<String>> given, Map<String, Object> values) {
    this.path = path;
    this.given = given;
    this.values = values;
  }

  /**
   * @param path as it was asked for, encoded
   * @param names what the path has for each name in its pattern
   * @param query every parameter that was given, with all its values that could be decoded
   * @throws QueryProblem when a parameter is not known, given twice, or has a wrong value
   */
  static Arguments of(
      Endpoint endpoint, String path, Map<String, String> names, Map<String, List<String>> query) {
    Map<String, Parameter> byName =
        endpoint.parameters().stream().collect(Collectors.toMap(Parameter::name, each -> each));
    Map<String, Object> values = new HashMap<>();
    for (Parameter parameter : endpoint.pathParameters()) {
      values.put(parameter.name(), parameter.parse(names.get(parameter.name())));
    }
    Map<String, List<String>> plain = new HashMap<>();
    for (Map.Entry<String, List<String>> given : query.entrySet()) {
      Parameter parameter = byName.get(given.getKey());
      if (parameter == null) {
        throw unknown(given.getKey(), byName.keySet());
      } else if (given.getValue().isEmpty()) {
        throw wrong(given.getKey(), "parameter " + given.getKey() + " is not percent-encoded");
      }
      plain.put(parameter.name(), given.getValue());
      if (parameter.type() instanceof ParameterType.Several several) {
        values.put(parameter.name(), parameter.parse(several, given.getValue()));
      } else if (given.getValue().size() > 1) {
        throw wrong(given.getKey(), "parameter " + given.getKey() + " is given more than once");
      } else {
        values.put(parameter.name(), parameter.parse(given.getValue().get(0)));
      }
    }
    return new Arguments(path, plain, values);
  }

  private static QueryProblem unknown(String name, Collection<String> known) {
    String shown = name.length() > 60 ? name.substring(0, 60) + "..." : name;
    String hint =
        NearestName.of(shown, known)
            .map(meant -> "; did you mean " + meant + "?")
            .orElseGet(
                () ->
                    known.isEmpty()
                        ? "; it takes none"
                        : known.stream()
                            .sorted()
                            .collect(Collectors.joining(", ", "; known are ", "")));
    return wrong(shown, "there is no parameter " + shown + " here" + hint);
  }

  private static QueryProblem wrong(String parameter, String detail) {
    return new QueryProblem(400, detail, Json.object().put("parameter", parameter));
  }

  /** The path that was asked for, encoded. */
  String path() {
    return path;
  }

  /** The parameters as they were given. */
  Map<String, List<String>> given() {
    return Map.copyOf(given);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable((String) values.get(name));
  }

  /** The values of a parameter that can have several; none where it is not given. */
  @SuppressWarnings("unchecked")
  List<String> texts(String name) {
    return (List<String>) values.getOrDefault(name, List.of());
  }

  /** One of an enum's names. */
  <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
    return text(name).map(each -> Enum.valueOf(type, each));
  }

  Optional<Instant> time(String name) {
    return Optional.ofNullable((Instant) values.get(name));
  }

  /** The number that was given, or the one that its type has for all others. */
  int count(Parameter parameter) {
    int otherwise = ((ParameterType.Count) parameter.type()).otherwise();
    return (Integer) values.getOrDefault(parameter.name(), otherwise);
  }

  boolean flag(String name) {
    return (Boolean) values.getOrDefault(name, false);
  }

  /** An offset by partition. */
  @SuppressWarnings("unchecked")
  Optional<Map<Integer, Long>> offsets(String name) {
    return Optional.ofNullable((Map<Integer, Long>) values.get(name));
  }

  @SuppressWarnings("unchecked")
  Optional<Set<Integer>> partitions(String name) {
    return Optional.ofNullable((Set<Integer>) values.get(name));
  }
}
