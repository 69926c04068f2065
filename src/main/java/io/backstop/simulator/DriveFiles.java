package io.backstop.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that can be found by an app property, the last {@value #MOST} of them. Not thread-safe.
 */
final class DriveFiles {
  static final int MOST = 10_000;

  private static final Pattern BY_PROPERTY =
      Pattern.compile(
          "appProperties has \\{ *key='([^']+)' and value='([^']+)' *\\}( and trashed *= *false)?");

  private final Map<Long, ObjectNode> byProperty =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ObjectNode> eldest) {
          return size() > MOST;
        }
      };

  void add(Iterable<Map.Entry<String, String>> properties, ObjectNode file) {
    properties.forEach(
        property -> byProperty.putIfAbsent(hash(property.getKey(), property.getValue()), file));
  }

  /** Whether the search is one that {@link #find} understands. */
  static boolean understands(String query) {
    return query != null && BY_PROPERTY.matcher(query).matches();
  }

  Optional<ObjectNode> find(String query) {
    Matcher property = BY_PROPERTY.matcher(query);
    return property.matches()
        ? Optional.ofNullable(byProperty.get(hash(property.group(1), property.group(2))))
        : Optional.empty();
  }

  private static long hash(String name, String value) {
    return KeyHash.of(name + '=' + value);
  }
}
