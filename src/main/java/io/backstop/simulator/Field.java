package io.backstop.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** A place in a JSON document that knows its path, so that a complaint can name it. */
record Field(String path, JsonNode node) {

  /** An empty body is an empty object: all defaults. */
  static Field root(byte[] bytes) {
    if (bytes.length == 0) {
      return new Field("", Json.object());
    }
    JsonNode node =
        Json.read(bytes).orElseThrow(() -> new InvalidFaultException("body", "is not JSON"));
    if (!node.isObject()) {
      throw new InvalidFaultException("body", "is not a JSON object");
    }
    return new Field("", node);
  }

  boolean isAbsent() {
    return node == null || node.isMissingNode() || node.isNull();
  }

  Field at(String name) {
    if (!node.isObject()) {
      throw invalid("is not a JSON object");
    }
    return new Field(path.isEmpty() ? name : path + "." + name, node.path(name));
  }

  /** Nothing when the list is absent. */
  List<Field> elements() {
    List<Field> elements = new ArrayList<>();
    if (isAbsent()) {
      return elements;
    }
    if (!node.isArray()) {
      throw invalid("is not a list");
    }
    for (int i = 0; i < node.size(); i++) {
      elements.add(new Field(path + "[" + i + "]", node.get(i)));
    }
    return elements;
  }

  void allow(String... names) {
    Set<String> allowed = new TreeSet<>(List.of(names));
    if (!node.isObject()) {
      throw invalid("is not a JSON object");
    }
    Iterator<String> present = node.fieldNames();
    while (present.hasNext()) {
      String name = present.next();
      if (!allowed.contains(name)) {
        throw at(name).invalid("is unknown; known here are " + String.join(", ", allowed));
      }
    }
  }

  double number(double min, double max) {
    if (isAbsent()) {
      throw invalid("is missing");
    }
    if (!node.isNumber() || !(node.doubleValue() >= min && node.doubleValue() <= max)) {
      throw invalid("is not a number from " + trim(min) + " to " + trim(max));
    }
    return node.doubleValue();
  }

  int integer(int min, int max) {
    if (!node.isInt() || node.intValue() < min || node.intValue() > max) {
      throw invalid("is not a whole number from " + min + " to " + max);
    }
    return node.intValue();
  }

  boolean flag() {
    if (isAbsent()) {
      return false;
    }
    if (!node.isBoolean()) {
      throw invalid("is neither true nor false");
    }
    return node.booleanValue();
  }

  String text(String whenAbsent) {
    if (isAbsent()) {
      return whenAbsent;
    }
    if (!node.isTextual()) {
      throw invalid("is not a string");
    }
    return node.textValue();
  }

  <T extends Enum<T>> T oneOf(T[] values, T whenAbsent) {
    String text = text(null);
    if (text == null) {
      return whenAbsent;
    }
    List<String> words = new ArrayList<>();
    for (T value : values) {
      String word = value.name().toLowerCase(Locale.ROOT);
      if (word.equals(text)) {
        return value;
      }
      words.add(word);
    }
    throw invalid("is not one of " + String.join(", ", words));
  }

  InvalidFaultException invalid(String problem) {
    return new InvalidFaultException(path.isEmpty() ? "body" : path, problem);
  }

  private static String trim(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
