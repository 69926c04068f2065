package io.backstop.cli;

import io.backstop.config.BackstopConfig;
import io.backstop.config.ConfigLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of every command that talks to Kafka. */
final class ConfigOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = "${env:BACKSTOP_CONFIG}",
      description = "Configuration, YAML. Default: BACKSTOP_CONFIG, else the built-in values.")
  private Path file;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers, instead of the configured ones.")
  private String bootstrapServers;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = "Schema registry, instead of the configured one.")
  private String registry;

  /**
   * The configuration with these options on top.
   *
   * @throws io.backstop.config.StartupException naming everything that is wrong with it
   */
  BackstopConfig load() {
    var overrides = new HashMap<String, String>();
    if (bootstrapServers != null) {
      overrides.put("backstop.kafka.bootstrap-servers", bootstrapServers);
    }
    if (registry != null) {
      overrides.put("backstop.registry.url", registry);
    }
    return new ConfigLoader().load(Optional.ofNullable(file), overrides);
  }
}
