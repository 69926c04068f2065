package io.backstop.config;

import io.backstop.config.ConfigLayer.Given;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Checks every given value before it is mapped, because only here are its place and the setting
 * that was probably meant still known.
 */
final class ConfigChecks {
  private static final Pattern SECRET = Pattern.compile("token|password|secret|api-key");

  private final List<Setting> settings;
  private final List<ConfigLayer> layers;
  private final SmallRyeConfig config;
  private final ConfigProblems problems;

  ConfigChecks(
      List<Setting> settings,
      List<ConfigLayer> layers,
      SmallRyeConfig config,
      ConfigProblems problems) {
    this.settings = settings;
    this.layers =
        layers.stream().sorted(Comparator.comparingInt(ConfigLayer::ordinal).reversed()).toList();
    this.config = config;
    this.problems = problems;
  }

  /** Checks each key below {@code backstop.} that any layer gives. */
  void run() {
    var keys = new TreeSet<String>();
    layers.forEach(layer -> keys.addAll(layer.values().keySet()));
    keys.stream()
        .filter(key -> key.startsWith("backstop.") || key.equals("backstop"))
        .forEach(this::check);
  }

  private void check(String key) {
    settings.stream()
        .filter(setting -> setting.matches(key))
        .findFirst()
        .ifPresentOrElse(
            setting -> checkValue(setting, key), () -> problems.add(unknown(key, where(key))));
  }

  private void checkValue(Setting setting, String key) {
    var given = resolve(key);
    if (given.isEmpty()) {
      return;
    } else if (given.get().hasProblems()) {
      problems.add(
          key
              + " ("
              + where(key)
              + ") refers to a variable that is not set: "
              + given.get().getRawValue()
              + "; set it, or give a default as in ${NAME:default}");
      return;
    }
    var value = given.get().getValue();
    if (value == null || value.isEmpty()) {
      if (setting.required() && !allowsEmpty(setting)) {
        problems.add(key + " (" + where(key) + ") is empty: expected " + expected(setting));
      }
    } else if (!isAllowed(setting, value)) {
      problems.add(
          key + " = " + shown(key, value) + " (" + where(key) + "): expected " + expected(setting));
    }
  }

  private Optional<ConfigValue> resolve(String key) {
    try {
      return Optional.of(config.getConfigValue(key));
    } catch (IllegalArgumentException | NoSuchElementException e) {
      problems.add(key + " (" + where(key) + ") has a ${...} that leads nowhere or to itself");
      return Optional.empty();
    }
  }

  private static boolean allowsEmpty(Setting setting) {
    return setting.defaultValue().filter(String::isEmpty).isPresent();
  }

  private static boolean isAllowed(Setting setting, String value) {
    try {
      var parsed = setting.type().parse().apply(value);
      return SettingRules.of(setting).map(rule -> rule.allows().test(parsed)).orElse(true);
    } catch (IllegalArgumentException | ArithmeticException e) {
      return false;
    }
  }

  private static String expected(Setting setting) {
    var type = setting.type().expected();
    return SettingRules.of(setting)
        .map(SettingRule::expected)
        .map(rule -> setting.type() == ValueType.DURATION ? rule + ", such as 100ms or 10s" : rule)
        .orElse(type);
  }

  private String unknown(String key, String where) {
    if (settings.stream().anyMatch(setting -> setting.isBelow(key))) {
      return key + " (" + where + ") takes settings below it, not a value";
    }
    var scalar =
        settings.stream().filter(setting -> key.startsWith(setting.key() + ".")).findFirst();
    if (scalar.isPresent()) {
      return scalar.get().key() + " (" + where + ") takes one value, not settings below it";
    }
    return unknownName(key, where, settings.stream().map(setting -> named(setting, key)).toList());
  }

  /** "key is not a setting; did you mean ...". */
  static String unknownName(String name, String where, List<String> known) {
    var nearest = NearestName.of(name, known);
    return name
        + " ("
        + where
        + ") is not a setting"
        + nearest
            .map(meant -> "; did you mean " + meant + "?")
            .orElse("; see docs/configuration.md");
  }

  /** The setting's key with the user's own names from {@code key} in place of the stars. */
  private static String named(Setting setting, String key) {
    var given = key.split("\\.");
    var parts = setting.key().split("\\.");
    for (int index = 0; index < parts.length; index++) {
      if (parts[index].equals("*") && index < given.length) {
        parts[index] = given[index];
      }
    }
    return String.join(".", parts);
  }

  /** The place that the value of {@code key} comes from. */
  String where(String key) {
    return given(key).map(Given::where).orElse("default");
  }

  private Optional<Given> given(String key) {
    return layers.stream()
        .filter(layer -> layer.values().containsKey(key))
        .findFirst()
        .map(layer -> layer.values().get(key));
  }

  private static String shown(String key, String value) {
    return SECRET.matcher(key).find() ? "(hidden)" : value;
  }
}
