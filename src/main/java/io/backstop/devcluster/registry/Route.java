package io.backstop.devcluster.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One endpoint.
 *
 * @param segments of the path; {@code {name}} stands for any one value
 * @param answer what to send back, to be written as JSON; a {@link RawJson} as it is
 */
record Route(String method, List<String> segments, Function<RegistryRequest, Object> answer) {

  static Route of(String method, String path, Function<RegistryRequest, Object> answer) {
    return new Route(method, split(path), answer);
  }

  /** Text that is JSON already. */
  record RawJson(String text) {}

  /** Values of the placeholders where the path is this route's. */
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != segments.size()) {
      return Optional.empty();
    }
    var values = new HashMap<String, String>();
    for (int i = 0; i < path.size(); i++) {
      var segment = segments.get(i);
      if (segment.startsWith("{")) {
        values.put(segment.substring(1, segment.length() - 1), path.get(i));
      } else if (!segment.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  static List<String> split(String path) {
    return List.of(path.split("/")).stream().filter(segment -> !segment.isEmpty()).toList();
  }
}
