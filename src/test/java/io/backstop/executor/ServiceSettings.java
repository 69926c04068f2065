package io.backstop.executor;

import io.backstop.config.ServiceConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Settings of one service as a user writes them: {@code base-url}, {@code token} ... */
public final class ServiceSettings {
  private ServiceSettings() {}

  public static ServiceConfig of(Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>();
    settings.forEach((name, value) -> properties.put("service." + name, value));
    return new SmallRyeConfigBuilder()
        .withMapping(ServiceConfig.class, "service")
        .withSources(new PropertiesConfigSource(properties, "test", 100))
        .build()
        .getConfigMapping(ServiceConfig.class, "service");
  }
}
