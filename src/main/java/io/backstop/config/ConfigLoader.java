package io.backstop.config;

import io.backstop.config.ConfigLayer.Given;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the configuration: built-in defaults, then the YAML file, environment variables, system
 * properties and overrides; the later one wins. Values may hold {@code ${NAME}} and {@code
 * ${NAME:default}}, resolved from any of these and the whole environment; a value from the
 * environment is taken as it is, dollar signs included.
 */
public final class ConfigLoader {
  private final List<Setting> settings = Settings.of(BackstopConfig.class);
  private final Map<String, String> environment;
  private final Map<String, String> systemProperties;

  /** Reads the environment and the system properties of this process. */
  public ConfigLoader() {
    this(System.getenv(), System.getProperties());
  }

  /** Reads neither the environment nor system properties, so that a test is the same everywhere. */
  public static ConfigLoader ignoringProcess() {
    return new ConfigLoader(Map.of(), new Properties());
  }

  ConfigLoader(Map<String, String> environment, Properties systemProperties) {
    this.environment = Map.copyOf(environment);
    this.systemProperties =
        systemProperties.stringPropertyNames().stream()
            .collect(Collectors.toMap(Function.identity(), systemProperties::getProperty));
  }

  /**
   * @param file the YAML file; without one the defaults hold
   * @throws StartupException naming everything that is wrong, each with key, value, place and what
   *     is expected
   */
  public BackstopConfig load(Optional<Path> file) {
    return load(file, Map.of());
  }

  /**
   * As {@link #load(Optional)}, with values that win over all others.
   *
   * @param overrides by full key
   */
  public BackstopConfig load(Optional<Path> file, Map<String, String> overrides) {
    var layers = layers(file, overrides);
    var problems = new ConfigProblems();
    unknownVariables().forEach(problems::add);
    var checks = new ConfigChecks(settings, layers, builder(layers).build(), problems);
    checks.run();
    problems.throwIfAny();
    var config = map(layers);
    CrossRules.broken(config, checks::where).forEach(problems::add);
    problems.throwIfAny();
    return config;
  }

  private List<ConfigLayer> layers(Optional<Path> file, Map<String, String> overrides) {
    var variables = new EnvironmentVariables(settings);
    var layers = new ArrayList<ConfigLayer>();
    layers.add(ConfigLayer.of(50, "environment", environment).literal());
    layers.add(ConfigLayer.of(100, "built-in", BundledDefaults.values()));
    file.ifPresent(path -> layers.add(new ConfigLayer(200, YamlFile.read(path))));
    layers.add(new ConfigLayer(300, variables.read(environment)).literal());
    layers.add(ConfigLayer.of(400, "system property", systemProperties));
    layers.add(ConfigLayer.of(500, "override", overrides));
    return layers.stream().map(this::tidied).toList();
  }

  /**
   * {@code properties.security.protocol} means the one property security.protocol, and an area with
   * nothing below it says nothing.
   */
  private ConfigLayer tidied(ConfigLayer layer) {
    var tidied = new LinkedHashMap<String, Given>();
    layer
        .values()
        .forEach(
            (key, given) -> {
              if (!given.value().isEmpty() || !isArea(key)) {
                tidied.put(quotedName(key), given);
              }
            });
    return new ConfigLayer(layer.ordinal(), tidied);
  }

  private boolean isArea(String key) {
    return settings.stream().anyMatch(setting -> setting.isBelow(key));
  }

  private String quotedName(String key) {
    return settings.stream()
        .filter(setting -> setting.isFreeMap() && setting.matches(key))
        .findFirst()
        .map(setting -> setting.withQuotedName(key))
        .orElse(key);
  }

  private List<String> unknownVariables() {
    var known = settings.stream().map(Setting::environmentName).toList();
    return new EnvironmentVariables(settings)
        .unknown(environment).stream()
            .map(variable -> ConfigChecks.unknownName(variable, "environment variable", known))
            .toList();
  }

  private static SmallRyeConfigBuilder builder(List<ConfigLayer> layers) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withConverter(Duration.class, 200, new DurationConverter())
        .withSources(layers.stream().map(ConfigLayer::asSource).toList());
  }

  private static BackstopConfig map(List<ConfigLayer> layers) {
    try {
      SmallRyeConfig config = builder(layers).withMapping(BackstopConfig.class).build();
      return config.getConfigMapping(BackstopConfig.class);
    } catch (ConfigValidationException e) {
      var problems = new ConfigProblems();
      for (int index = 0; index < e.getProblemCount(); index++) {
        problems.add(e.getProblem(index).getMessage());
      }
      problems.throwIfAny();
      throw e;
    }
  }
}
