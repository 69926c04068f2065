package io.backstop.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the reference page from the mapping interfaces. */
final class ConfigurationReference {
  private static final String INTRODUCTION =
      """
      # Configuration

      Generated from the mapping interfaces in `io.backstop.config`; do not edit.

      Values come from, the later wins: the defaults below, the YAML file, environment variables,
      system properties (`-Dbackstop.kafka.state-dir=...`), options of the command. All are read
      once, at start. An unknown key or a value that is not allowed ends the start with one line
      that names the key, the value, the place and what is expected.

      - Durations have a unit: `100ms`, `10s`, `5m`, `24h`, `1d`, or ISO `PT10S`. Sizes too: `900KB`, `1MB`; 1 KB is
        1,024 bytes.
      - In the file, `${NAME}` is replaced by the environment variable or setting of that name, `${NAME:default}` by
        the default where there is none. A dollar sign before a brace is written `\\${`. A value that comes from the
        environment is taken as it is.
      - `*` stands for a name of your choice: the service, or the name of a property. A name with dots needs no quotes
        where it is the last part. In an environment variable the service is written in upper case with `_` for `-`, and
        a property name with `_` for each dot.
      - An environment variable that begins like an area (`BACKSTOP_KAFKA_...`) and names no setting is an error, except
        for those that Kubernetes injects (`..._SERVICE_HOST`, `..._PORT` and the like). Other `BACKSTOP_...` variables
        are not looked at.
      - An empty value is the same as an absent one where a setting is optional.

      """;

  private ConfigurationReference() {}

  /** The whole page, Markdown. */
  static String page() {
    var settings = Settings.of(BackstopConfig.class);
    return INTRODUCTION + areas(settings) + secrets();
  }

  private static String areas(List<Setting> settings) {
    return settings.stream()
        .collect(
            Collectors.groupingBy(ConfigurationReference::area, TreeMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(area -> "## " + area.getKey() + "\n\n" + area(area.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String area(List<Setting> settings) {
    return settings.stream().map(ConfigurationReference::entry).collect(Collectors.joining("\n"));
  }

  private static String entry(Setting setting) {
    return """
        ### `%s`

        %s

        | type | default | allowed | environment variable |
        |---|---|---|---|
        | %s | %s | %s | `%s` |
        """
        .formatted(
            setting.key(),
            setting.doc(),
            setting.type().name(),
            defaultOf(setting),
            allowed(setting),
            environmentName(setting));
  }

  private static String environmentName(Setting setting) {
    var name = setting.environmentName();
    var withProperty = setting.isFreeMap() ? name.substring(0, name.length() - 1) + "<NAME>" : name;
    var owner = setting.key().startsWith("backstop.targets.") ? "<TARGET>" : "<SERVICE>";
    return withProperty.replace("*", owner);
  }

  private static String defaultOf(Setting setting) {
    return setting
        .defaultValue()
        .map(value -> value.isEmpty() ? "empty" : "`" + value + "`")
        .orElse(setting.required() ? "none: must be given" : "none");
  }

  private static String allowed(Setting setting) {
    return SettingRules.of(setting)
        .map(SettingRule::expected)
        .orElse("any " + setting.type().name());
  }

  private static String area(Setting setting) {
    return setting.key().split("\\.")[1];
  }

  private static String secrets() {
    var rows =
        BundledDefaults.values().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> "| `" + entry.getKey() + "` | `" + entry.getValue() + "` |")
            .collect(Collectors.joining("\n"));
    return """

        ## Secrets from the usual variables

        Without a word in the file the built-in services read their credentials from these environment variables.

        | key | value |
        |---|---|
        """
        + rows
        + "\n";
  }
}
