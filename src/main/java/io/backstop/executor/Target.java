package io.backstop.executor;

import io.backstop.action.PayloadFamily;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An operation of a service that can execute an action.
 *
 * @param name {@code service:operation}, for example {@code notion:createPage}
 * @param family the payload it takes
 */
public record Target(String name, PayloadFamily family) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*:[a-z][A-Za-z0-9-]*");

  public Target {
    Objects.requireNonNull(family, "family");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "target name '" + name + "' is not of the form service:operation");
    }
  }

  /** What goes down, has credentials, limits and a circuit: {@code notion}. */
  public String service() {
    return name.substring(0, name.indexOf(':'));
  }
}
