package io.backstop.config;

import io.smallrye.config.PropertiesConfigSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * What one place gives: the file, the environment ... A layer with a higher ordinal wins.
 *
 * @param values by full key
 */
record ConfigLayer(int ordinal, Map<String, Given> values) {

  /**
   * A value as it was written.
   *
   * @param where the place, to be found again by a person
   */
  record Given(String value, String where) {}

  /** All of {@code values}, from {@code where}. */
  static ConfigLayer of(int ordinal, String where, Map<String, String> values) {
    var given = new LinkedHashMap<String, Given>();
    values.forEach((key, value) -> given.put(key, new Given(value, where)));
    return new ConfigLayer(ordinal, given);
  }

  /** Without expressions: a dollar sign in a secret is a dollar sign. */
  ConfigLayer literal() {
    var escaped = new LinkedHashMap<String, Given>();
    values.forEach(
        (key, given) ->
            escaped.put(key, new Given(given.value().replace("$", "\\$"), given.where())));
    return new ConfigLayer(ordinal, escaped);
  }

  ConfigSource asSource() {
    var plain = new LinkedHashMap<String, String>();
    values.forEach((key, given) -> plain.put(key, given.value()));
    return new PropertiesConfigSource(plain, "layer " + ordinal, ordinal);
  }
}
