package io.backstop.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The reference of meters, {@code docs/metrics.md}, as queries are checked against it. */
final class MetricCatalogue {
  private static final Pattern ROW =
      Pattern.compile("\\| `(backstop_\\w+)` \\| ([a-z ]+) \\| (.*?) \\| (.*) \\|");
  private static final Pattern TAG = Pattern.compile("\\| `(\\w+)` \\| (.*) \\|");
  private static final List<String> PARTS_OF_A_TIMER = List.of("_bucket", "_count", "_sum", "_max");

  /**
   * One row.
   *
   * @param kind counter, work counter, timer, gauge or fleet gauge
   * @param values the text that names the values of its tags
   */
  record Meter(String name, String kind, Set<String> tags, String values) {
    boolean counts() {
      return kind.endsWith("counter");
    }

    boolean isSameInAllInstances() {
      return kind.equals("fleet gauge");
    }

    boolean isTimer() {
      return kind.equals("timer");
    }
  }

  private final Map<String, Meter> meters = new LinkedHashMap<>();

  private MetricCatalogue(List<String> lines) {
    Map<String, String> tags =
        lines.stream()
            .map(TAG::matcher)
            .filter(row -> row.matches() && !row.group(1).startsWith("backstop_"))
            .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
    lines.stream()
        .map(ROW::matcher)
        .filter(row -> row.matches())
        .forEach(
            row -> {
              Set<String> own =
                  Arrays.stream(row.group(3).split("[`, ]+"))
                      .filter(tag -> !tag.isEmpty())
                      .collect(Collectors.toSet());
              String values =
                  own.stream()
                      .map(tags::get)
                      .collect(Collectors.joining(" ", row.group(4) + " ", ""));
              meters.put(row.group(1), new Meter(row.group(1), row.group(2), own, values));
            });
  }

  static MetricCatalogue read() {
    try {
      return new MetricCatalogue(Files.readAllLines(Path.of("docs/metrics.md")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The meter that a series belongs to. */
  Optional<Meter> meter(String series) {
    Meter own = meters.get(series);
    if (own != null) {
      return Optional.of(own).filter(meter -> !meter.isTimer());
    }
    return PARTS_OF_A_TIMER.stream()
        .filter(series::endsWith)
        .map(part -> meters.get(series.substring(0, series.length() - part.length())))
        .filter(meter -> meter != null && meter.isTimer())
        .findFirst();
  }
}
