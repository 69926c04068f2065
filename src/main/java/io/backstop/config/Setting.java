package io.backstop.config;

import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One setting as the mapping interfaces declare it.
 *
 * @param key full key; {@code *} stands for a name that the user chooses
 * @param type what value it takes
 * @param required whether an empty value is an error
 * @param defaultValue as written on the interface
 * @param doc what it does
 */
record Setting(
    String key, ValueType type, boolean required, Optional<String> defaultValue, String doc) {

  private static final String SEGMENT = "(\"[^\"]+\"|[^.\"]+)";
  private static final String REST = "(\"[^\"]+\"|.+)";

  /** Whether {@code name}, a full key with the user's names in place, is this setting. */
  boolean matches(String name) {
    return Pattern.matches(pattern(SEGMENT, REST, Pattern::quote), name);
  }

  /** Whether {@code name} is a part of this setting's key, such as its area. */
  boolean isBelow(String name) {
    var given = name.split("\\.");
    var parts = key.split("\\.");
    return given.length < parts.length
        && IntStream.range(0, given.length)
            .allMatch(index -> parts[index].equals("*") || parts[index].equals(given[index]));
  }

  /** Whether it is a map of free keys to text, such as client properties. */
  boolean isFreeMap() {
    return key.endsWith(".*");
  }

  /** Name of the environment variable; {@code *} as in the key. */
  String environmentName() {
    return environmentForm(key);
  }

  /** The full key that {@code variable} sets, when it is one of this setting's. */
  Optional<String> keyFromEnvironment(String variable) {
    var matcher =
        Pattern.compile(pattern("([A-Z0-9_]+?)", "([A-Z0-9_]+)", Setting::environmentForm))
            .matcher(variable);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(fill(matcher));
  }

  /** {@code name}, of a free map, with its last part in quotes where that has dots. */
  String withQuotedName(String name) {
    var matcher = Pattern.compile(pattern(SEGMENT, REST, Pattern::quote)).matcher(name);
    if (!matcher.matches()) {
      return name;
    }
    var start = matcher.start(matcher.groupCount());
    var last = name.substring(start);
    var plain = last.startsWith("\"") || last.indexOf('.') < 0;
    return plain ? name : name.substring(0, start) + "\"" + last + "\"";
  }

  private String fill(Matcher matcher) {
    var filled = key;
    for (int group = 1; group <= matcher.groupCount(); group++) {
      var last = isFreeMap() && group == matcher.groupCount();
      var name = matcher.group(group).toLowerCase(Locale.ROOT);
      var replacement = last ? "\"" + name.replace('_', '.') + "\"" : name.replace('_', '-');
      filled = filled.replaceFirst("\\*", Matcher.quoteReplacement(replacement));
    }
    return filled;
  }

  private String pattern(String segment, String rest, UnaryOperator<String> literal) {
    var pattern = new StringBuilder();
    var from = 0;
    for (int star = key.indexOf('*'); star >= 0; star = key.indexOf('*', from)) {
      pattern.append(literal.apply(key.substring(from, star)));
      pattern.append(star == key.length() - 1 ? rest : segment);
      from = star + 1;
    }
    return pattern.append(literal.apply(key.substring(from))).toString();
  }

  private static String environmentForm(String text) {
    return text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9*]", "_");
  }
}
