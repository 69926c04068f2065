package io.backstop.command;

import io.backstop.config.NearestName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which node carries a command out. Immutable. */
public final class CommandRoutes {
  private final Map<String, String> childByName = new TreeMap<>();

  /**
   * @param childByPrefix node name by the beginning of command names: {@code circuit.}
   * @param names every command there is
   * @throws IllegalArgumentException when a name has no prefix or more than one
   */
  public CommandRoutes(Map<String, String> childByPrefix, Set<String> names) {
    for (String name : names) {
      var children =
          childByPrefix.entrySet().stream()
              .filter(entry -> name.startsWith(entry.getKey()))
              .map(Map.Entry::getValue)
              .toList();
      if (children.size() != 1) {
        throw new IllegalArgumentException(
            "command %s is for %s; exactly one node must carry it out".formatted(name, children));
      }
      childByName.put(name, children.get(0));
    }
  }

  /** The node that carries out commands of this name; empty when there are none of it. */
  Optional<String> child(String name) {
    return Optional.ofNullable(childByName.get(name));
  }

  /** What to say about a name that is not known. */
  String hint(String name) {
    String known = "known are " + String.join(", ", new TreeSet<>(childByName.keySet()));
    return NearestName.of(name, childByName.keySet())
        .map(nearest -> "did you mean " + nearest + "? " + known)
        .orElse(known);
  }
}
