package io.backstop.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.config.NearestName;
import io.backstop.executor.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which values a parameter takes. */
sealed interface ParameterType {

  /**
   * The value of a parameter.
   *
   * @throws IllegalArgumentException when it is none of the allowed ones
   */
  Object parse(String text);

  /** What is allowed, for people: {@code a number from 1 to 500}. */
  String expected();

  /** What is allowed, as JSON Schema. */
  ObjectNode schema();

  /** What was probably meant by a value that is not allowed. */
  default Optional<String> nearest(String text) {
    return Optional.empty();
  }

  /** Any text up to a length. */
  record Text(int maxLength) implements ParameterType {
    @Override
    public Object parse(String text) {
      if (text.isEmpty() || text.length() > maxLength) {
        throw new IllegalArgumentException();
      }
      return text;
    }

    @Override
    public String expected() {
      return "text of 1 to " + maxLength + " characters";
    }

    @Override
    public ObjectNode schema() {
      return Json.object().put("type", "string").put("minLength", 1).put("maxLength", maxLength);
    }
  }

  /**
   * Texts up to a length: the parameter can be given several times.
   *
   * @param most in all
   * @param commas whether one value can also hold several, with commas between
   */
  record Several(int most, int maxLength, boolean commas) implements ParameterType {
    List<String> split(String text) {
      return commas ? List.of(text.split(",", -1)) : List.of(text);
    }

    /** One of them. */
    @Override
    public Object parse(String text) {
      return new Text(maxLength).parse(text);
    }

    @Override
    public String expected() {
      return "up to " + most + " times text of 1 to " + maxLength + " characters";
    }

    @Override
    public ObjectNode schema() {
      ObjectNode schema = Json.object().put("type", "array").put("maxItems", most);
      schema.set("items", new Text(maxLength).schema());
      return schema;
    }
  }

  /** One of some names, in any case. */
  record OneOf(List<String> names) implements ParameterType {
    /** The constants of an enum but for those that stand for what is not known. */
    static OneOf of(Class<? extends Enum<?>> type) {
      return new OneOf(
          Stream.of(type.getEnumConstants())
              .map(Enum::name)
              .filter(name -> !name.equals("UNKNOWN"))
              .toList());
    }

    @Override
    public Object parse(String text) {
      return names.stream()
          .filter(name -> name.equalsIgnoreCase(text))
          .findFirst()
          .orElseThrow(IllegalArgumentException::new);
    }

    @Override
    public String expected() {
      return "one of " + String.join(", ", names);
    }

    @Override
    public ObjectNode schema() {
      ObjectNode schema = Json.object().put("type", "string");
      names.forEach(schema.putArray("enum")::add);
      return schema;
    }

    @Override
    public Optional<String> nearest(String text) {
      return NearestName.of(text.toUpperCase(Locale.ROOT), names);
    }
  }

  /** An instant in ISO 8601, with its offset. */
  record Time() implements ParameterType {
    @Override
    public Object parse(String text) {
      try {
        Instant instant = OffsetDateTime.parse(text).toInstant();
        // the stores know milliseconds that fit a long
        return Instant.ofEpochMilli(instant.toEpochMilli());
      } catch (DateTimeException | ArithmeticException e) {
        throw new IllegalArgumentException(e);
      }
    }

    @Override
    public String expected() {
      return "a time such as 2026-11-22T12:00:00Z";
    }

    @Override
    public ObjectNode schema() {
      return Json.object().put("type", "string").put("format", "date-time");
    }
  }

  /** A whole number. */
  record Count(int least, int most, int otherwise) implements ParameterType {
    @Override
    public Object parse(String text) {
      int count = Integer.parseInt(text);
      if (count < least || count > most) {
        throw new IllegalArgumentException();
      }
      return count;
    }

    @Override
    public String expected() {
      return "a number from " + least + " to " + most;
    }

    @Override
    public ObjectNode schema() {
      return Json.object()
          .put("type", "integer")
          .put("minimum", least)
          .put("maximum", most)
          .put("default", otherwise);
    }
  }

  /** true or false. */
  record Flag() implements ParameterType {
    @Override
    public Object parse(String text) {
      return switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException();
      };
    }

    @Override
    public String expected() {
      return "true or false";
    }

    @Override
    public ObjectNode schema() {
      return Json.object().put("type", "boolean").put("default", false);
    }
  }

  /** An offset for each of some partitions: 0:123,1:456. */
  record Offsets() implements ParameterType {
    private static final int LONGEST = 12_000;

    @Override
    public Object parse(String text) {
      if (text.length() > LONGEST) {
        throw new IllegalArgumentException();
      }
      Map<Integer, Long> offsets = new TreeMap<>();
      for (String each : text.split(",", -1)) {
        String[] parts = each.split(":", -1);
        if (parts.length != 2
            || !parts[0].matches("\\d{1,5}")
            || !parts[1].matches("\\d{1,18}")
            || offsets.put(Integer.valueOf(parts[0]), Long.valueOf(parts[1])) != null) {
          throw new IllegalArgumentException();
        }
      }
      return offsets;
    }

    @Override
    public String expected() {
      return "offsets by partition, such as 0:123,1:456";
    }

    @Override
    public ObjectNode schema() {
      return Json.object().put("type", "string").put("pattern", "^[0-9]+:[0-9]+(,[0-9]+:[0-9]+)*$");
    }
  }

  /** Numbers of partitions, with commas between. */
  record Partitions() implements ParameterType {
    private static final int MOST = 10_000;

    @Override
    public Object parse(String text) {
      if (text.length() > MOST * 6) {
        throw new IllegalArgumentException();
      }
      Set<Integer> partitions =
          Arrays.stream(text.split(",", -1))
              .map(Integer::parseInt)
              .collect(Collectors.toCollection(TreeSet::new));
      if (partitions.stream().anyMatch(each -> each < 0 || each >= MOST)) {
        throw new IllegalArgumentException();
      }
      return partitions;
    }

    @Override
    public String expected() {
      return "numbers of partitions, such as 0,3,7";
    }

    @Override
    public ObjectNode schema() {
      return Json.object().put("type", "string").put("pattern", "^[0-9]+(,[0-9]+)*$");
    }
  }
}
