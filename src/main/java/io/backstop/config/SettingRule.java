package io.backstop.config;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which values of a setting's type are allowed.
 *
 * @param expected completes "expected ..." in a message and stands in the reference page
 */
record SettingRule(String expected, Predicate<Object> allows) {

  static SettingRule between(int lowest, int highest) {
    return new SettingRule(
        "a whole number from " + lowest + " to " + highest,
        value -> (Integer) value >= lowest && (Integer) value <= highest);
  }

  static SettingRule between(double lowest, double highest) {
    return new SettingRule(
        "a number from " + lowest + " to " + highest,
        value -> (Double) value >= lowest && (Double) value <= highest);
  }

  static SettingRule atLeast(int lowest) {
    return between(lowest, Integer.MAX_VALUE).named("a whole number, at least " + lowest);
  }

  static SettingRule between(String shortest, String longest) {
    var from = duration(shortest);
    var to = duration(longest);
    return new SettingRule(
        "a duration from " + shortest + " to " + longest,
        value -> from.compareTo((Duration) value) <= 0 && to.compareTo((Duration) value) >= 0);
  }

  static SettingRule sizeBetween(String smallest, String largest) {
    var from = size(smallest);
    var to = size(largest);
    return new SettingRule(
        "a size from " + smallest + " to " + largest,
        value -> (Integer) value >= from && (Integer) value <= to);
  }

  static SettingRule matching(String pattern, String expected) {
    var compiled = Pattern.compile(pattern);
    return new SettingRule(expected, value -> compiled.matcher((String) value).matches());
  }

  SettingRule named(String words) {
    return new SettingRule(words, allows);
  }

  SettingRule and(Predicate<Object> condition) {
    return new SettingRule(expected, allows.and(condition));
  }

  /** This rule for each part of a text. */
  SettingRule forEachOf(String separator) {
    return new SettingRule(
        expected, value -> Stream.of(((String) value).split(separator, -1)).allMatch(allows));
  }

  private static Duration duration(String text) {
    return new DurationConverter().convert(text);
  }

  private static int size(String text) {
    return new ByteSizeConverter().convert(text);
  }
}
