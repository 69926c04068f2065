package io.backstop.config;

import io.backstop.action.FailureClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What kind of value a setting takes.
 *
 * @param name as the reference page shows it
 * @param expected completes "expected ..." in a message
 * @param parse reads a value that is not empty; throws IllegalArgumentException when it cannot
 */
record ValueType(String name, String expected, Function<String, Object> parse) {

  static final ValueType TEXT = new ValueType("text", "text", text -> text);
  static final ValueType WHOLE_NUMBER =
      new ValueType("whole number", "a whole number", text -> Integer.valueOf(text.trim()));
  static final ValueType LONG_NUMBER =
      new ValueType("whole number", "a whole number", text -> Long.valueOf(text.trim()));
  static final ValueType DECIMAL =
      new ValueType("number", "a number", text -> Double.valueOf(text.trim()));
  static final ValueType SWITCH =
      new ValueType("true or false", "true or false", ValueType::parseSwitch);
  static final ValueType DURATION =
      new ValueType("duration", DurationConverter.EXPECTED, new DurationConverter()::convert);
  static final ValueType SIZE =
      new ValueType(
          "size",
          "a size with a unit (B, KB, MB), such as 900KB",
          new ByteSizeConverter()::convert);

  /**
   * @throws IllegalArgumentException when settings of this Java type are not supported
   */
  static ValueType of(Class<?> type) {
    if (type == String.class) {
      return TEXT;
    } else if (type == int.class || type == Integer.class) {
      return WHOLE_NUMBER;
    } else if (type == long.class || type == Long.class) {
      return LONG_NUMBER;
    } else if (type == double.class || type == Double.class) {
      return DECIMAL;
    } else if (type == boolean.class || type == Boolean.class) {
      return SWITCH;
    } else if (type == Duration.class) {
      return DURATION;
    } else if (type.isEnum()) {
      return choice(type);
    }
    throw new IllegalArgumentException("no setting can be of type " + type.getName());
  }

  private static ValueType choice(Class<?> type) {
    var names = Arrays.stream(type.getEnumConstants()).map(ValueType::kebab).toList();
    var listed = names.stream().collect(Collectors.joining(" or "));
    return new ValueType(
        listed,
        listed,
        text -> {
          if (!names.contains(text.trim())) {
            throw new IllegalArgumentException("not one of " + listed);
          }
          return text.trim();
        });
  }

  /** Several constants of an enum, separated by commas. */
  static ValueType choices(Class<?> type) {
    var one = choice(type);
    return new ValueType(
        "list of " + one.name(),
        "any of " + one.name() + ", separated by commas",
        text -> {
          var chosen = new ArrayList<String>();
          for (String part : text.split(",", -1)) {
            chosen.add((String) one.parse().apply(part));
          }
          return String.join(",", chosen);
        });
  }

  /** Failure classes are written as they stand in records. */
  private static String kebab(Object constant) {
    return constant instanceof FailureClass
        ? constant.toString()
        : ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Object parseSwitch(String text) {
    return switch (text.trim()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }
}
