package io.backstop.config;

import io.backstop.config.ConfigLayer.Given;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Settings given by {@code BACKSTOP_...} variables.
 *
 * <p>A variable that names no setting is kept under its own name, to be reported. Variables of the
 * shapes that container platforms inject for a service called backstop-something are not settings.
 */
final class EnvironmentVariables {
  static final String PREFIX = "BACKSTOP_";
  private static final Pattern INJECTED =
      Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT|PORT_\\d+_(TCP|UDP)(_.*)?)");

  private final List<Setting> settings;

  EnvironmentVariables(List<Setting> settings) {
    this.settings =
        settings.stream()
            .sorted(Comparator.comparing((Setting setting) -> setting.key().length()).reversed())
            .toList();
  }

  /** The settings among {@code environment}, by full key. */
  Map<String, Given> read(Map<String, String> environment) {
    var values = new LinkedHashMap<String, Given>();
    environment.forEach(
        (variable, value) ->
            key(variable)
                .ifPresent(
                    key -> values.put(key, new Given(value, "environment variable " + variable))));
    return values;
  }

  /** Variables that look like settings of a known area and are none. */
  List<String> unknown(Map<String, String> environment) {
    return environment.keySet().stream()
        .filter(variable -> isOfKnownArea(variable) && key(variable).isEmpty())
        .filter(variable -> !INJECTED.matcher(variable).matches())
        .sorted()
        .toList();
  }

  private Optional<String> key(String variable) {
    return settings.stream()
        .map(setting -> setting.keyFromEnvironment(variable))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private boolean isOfKnownArea(String variable) {
    return settings.stream()
        .map(setting -> setting.environmentName().split("_")[1])
        .anyMatch(area -> variable.startsWith(PREFIX + area + "_"));
  }
}
