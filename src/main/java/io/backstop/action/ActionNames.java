package io.backstop.action;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names that statistics are kept by. Requests can name steps of their own, so whatever is not
 * known here goes under {@link #OTHER}: there are never more meters and lines than names.
 */
public final class ActionNames {
  public static final String OTHER = "other";

  private final Set<String> known;

  /**
   * @param targets names of all targets
   */
  public ActionNames(Collection<String> targets) {
    this.known =
        Stream.concat(targets.stream(), Steps.named().stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  public String of(String name) {
    return known.contains(name) ? name : OTHER;
  }
}
