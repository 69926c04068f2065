package io.backstop.admin;

import io.backstop.config.NearestName;
import io.backstop.executor.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parameters of one request, checked against those that its endpoint takes. */
final class Arguments {
  private final Map<String, Object> values;

  private Arguments(Map<String, Object> values) {
    this.values = values;
  }

  /**
   * @param query every parameter that was given, with all its values
   * @param path what the path says
   * @throws QueryProblem when a parameter is not known, given twice, or has a wrong value
   */
  static Arguments of(
      Collection<Parameter> known, Map<String, List<String>> query, Map<String, String> path) {
    Map<String, Parameter> byName =
        known.stream().collect(Collectors.toMap(Parameter::name, each -> each));
    Map<String, Object> values = new HashMap<>(path);
    for (Map.Entry<String, List<String>> given : query.entrySet()) {
      Parameter parameter = byName.get(given.getKey());
      if (parameter == null) {
        throw unknown(given.getKey(), byName.keySet());
      } else if (given.getValue().size() > 1) {
        throw wrong(given.getKey(), "parameter " + given.getKey() + " is given more than once");
      }
      values.put(parameter.name(), parameter.parse(given.getValue().get(0)));
    }
    return new Arguments(values);
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
                        : known.stream().sorted().collect(Collectors.joining(", ", "; known are ", "")));
    return wrong(shown, "there is no parameter " + shown + " here" + hint);
  }

  private static QueryProblem wrong(String parameter, String detail) {
    return new QueryProblem(400, detail, Json.object().put("parameter", parameter));
  }

  Optional<String> text(String name) {
    return Optional.ofNullable((String) values.get(name));
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

  @SuppressWarnings("unchecked")
  Optional<java.util.Set<Integer>> partitions(String name) {
    return Optional.ofNullable((java.util.Set<Integer>) values.get(name));
  }
}
