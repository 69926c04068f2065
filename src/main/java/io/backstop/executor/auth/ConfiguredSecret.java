package io.backstop.executor.auth;

import java.util.Locale;
import java.util.Optional;

/** A setting that a call cannot do without, and the words for one that is not there. */
public final class ConfiguredSecret {
  private ConfiguredSecret() {}

  /** Without the line break that a secret read from a file often ends with. */
  public static Optional<String> of(Optional<String> configured) {
    return configured.map(String::strip).filter(secret -> !secret.isEmpty());
  }

  /**
   * @param property a setting of the service, for example {@code token} or {@code api-key}
   */
  public static MissingCredentialsException missing(String service, String property) {
    String variable =
        service.toUpperCase(Locale.ROOT).replace('-', '_')
            + "_"
            + property.replace("api-", "").toUpperCase(Locale.ROOT).replace('-', '_');
    return new MissingCredentialsException(
        "backstop.services.%s.%s is not set: set it, or the environment variable %s"
            .formatted(service, property, variable));
  }
}
