package io.backstop.testing;

import io.backstop.config.BackstopConfig;
import io.backstop.config.ConfigLoader;
import java.util.HashMap;
import java.util.Optional;

/**
 * A configuration for a test: the defaults and what the test says. Calls do not start slowly, so
 * that a test has as many in flight as it asks for.
 */
public final class TestConfig {
  private TestConfig() {}

  /**
   * @param keysAndValues full key, value, full key, value ...
   */
  public static BackstopConfig with(String... keysAndValues) {
    var overrides = new HashMap<String, String>();
    overrides.put("backstop.execution.slow-start", "false");
    for (int index = 0; index < keysAndValues.length; index += 2) {
      overrides.put(keysAndValues[index], keysAndValues[index + 1]);
    }
    return ConfigLoader.ignoringProcess().load(Optional.empty(), overrides);
  }
}
