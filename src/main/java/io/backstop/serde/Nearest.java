package io.backstop.serde;

import io.backstop.config.NearestName;
import java.util.Collection;
import java.util.stream.Collectors;

/** Says what a misspelt name was probably meant to be. */
public final class Nearest {
  private Nearest() {}

  /** {@code did you mean title?}, or all the known names where none is near. */
  public static String hint(String name, Collection<String> known) {
    return NearestName.of(name, known)
        .map(nearest -> "did you mean " + nearest + "?")
        .orElseGet(
            () -> known.stream().sorted().collect(Collectors.joining(", ", "known are ", "")));
  }
}
