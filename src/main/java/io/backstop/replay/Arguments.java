package io.backstop.replay;

import io.backstop.action.Command;
import io.backstop.config.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads the arguments of a command and notes what is wrong with them: which argument, what it is,
 * and what is allowed. What it gives for a wrong one is of no use.
 */
final class Arguments {
  private static final int LONGEST_SHOWN = 100;

  private final Map<String, String> given;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param known the arguments that the command takes
   */
  Arguments(Command command, Set<String> known) {
    this.given = new TreeMap<>(command.getArguments());
    given.keySet().stream()
        .filter(name -> !known.contains(name))
        .map(name -> unknown(command.getName(), name, known))
        .forEach(problems::add);
  }

  private static String unknown(String command, String name, Set<String> known) {
    if (known.isEmpty()) {
      return "there is no argument '%s': %s takes none".formatted(name, command);
    }
    String all = "%s takes %s".formatted(command, String.join(", ", new TreeSet<>(known)));
    return "there is no argument '%s': ".formatted(name)
        + NearestName.of(name, known).map(near -> "did you mean " + near + "? " + all).orElse(all);
  }

  /** Everything that is wrong, one after the other; empty when nothing is. */
  Optional<String> problem() {
    return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
  }

  void wrong(String problem) {
    problems.add(problem);
  }

  boolean has(String name) {
    return given.containsKey(name);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(given.get(name));
  }

  boolean flag(String name, boolean otherwise) {
    String value = given.get(name);
    if (value != null && !value.equals("true") && !value.equals("false")) {
      wrong(name, value, "give true or false");
    }
    return value == null ? otherwise : value.equals("true");
  }

  /** A decimal number. */
  Optional<Double> decimal(String name, double least, double most, String what) {
    return text(name).flatMap(value -> decimal(name, value, least, most, what));
  }

  private Optional<Double> decimal(
      String name, String value, double least, double most, String what) {
    // Java itself would take 0x1p3, 5d and NaN too
    if (value.matches("\\d{1,15}(\\.\\d{1,15})?")) {
      double number = Double.parseDouble(value);
      if (number >= least && number <= most) {
        return Optional.of(number);
      }
    }
    wrong(name, value, "give " + what);
    return Optional.empty();
  }

  int whole(String name, int least, int most, int otherwise, String what) {
    return decimal(name, least, most, what)
        .map(
            number -> {
              if (number != Math.rint(number)) {
                wrong(name, given.get(name), "give " + what);
              }
              return number.intValue();
            })
        .orElse(otherwise);
  }

  /** Words between commas; the same word twice is once. */
  List<String> list(String name, int most, int longest) {
    List<String> items =
        text(name).stream()
            .flatMap(value -> Stream.of(value.split(",", -1)))
            .map(String::strip)
            .distinct()
            .toList();
    String allowed =
        "give at most %d of them with commas between, each of 1 to %d characters"
            .formatted(most, longest);
    if (items.size() > most) {
      wrong("%s has %d words: %s".formatted(name, items.size(), allowed));
    }
    items.stream()
        .filter(item -> item.isEmpty() || item.length() > longest || !isLine(item))
        .findFirst()
        .ifPresent(item -> wrong(name, item, allowed));
    return items;
  }

  static boolean isLine(String text) {
    return text.chars().noneMatch(Character::isISOControl);
  }

  /** Notes a value that is not allowed. */
  void wrong(String name, String value, String mend) {
    String shown = value.length() > LONGEST_SHOWN ? value.substring(0, LONGEST_SHOWN) : value;
    wrong(String.format(Locale.ROOT, "%s is '%s': %s", name, shown, mend));
  }
}
