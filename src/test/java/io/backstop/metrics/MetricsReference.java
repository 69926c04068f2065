package io.backstop.metrics;

import io.backstop.metrics.Metric.Kind;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes the reference page from the catalogue. */
final class MetricsReference {
  private static final PrometheusNamingConvention NAMES = new PrometheusNamingConvention();

  private static final String INTRODUCTION =
      """
      # Metrics

      Generated from `io.backstop.metrics.Metric`; do not edit. How to scrape them, and which other
      meters there are (Kafka's own, the JVM's): [`monitoring.md`](monitoring.md).

      | kind | what its number is | over several instances |
      |---|---|---|
      | counter | what has happened in this instance since its start | `sum(rate(...))` |
      | work counter | the same, counted while a transaction works. One that is rolled back (a crash of a thread, a lost \
      connection) has its work done again and **counted again**, so it can exceed what stands on the topics; exact \
      numbers are in `./backstop stats` and on the topics themselves | `sum(rate(...))` |
      | timer | calls and the time that they took, whatever becomes of the transaction: a call is not undone. Prometheus \
      shows `_count`, `_sum`, `_max` and `_bucket` | `sum(rate(...))`, `histogram_quantile(...)` |
      | gauge | something of this instance as it is now | `sum`; of an age `max` |
      | fleet gauge | something of the whole fleet as this instance knows it: the same in all of them | `max`, never `sum` |

      A counter with tags appears with its first event, but those by `scope` alone stand at 0 from the start.

      | Prometheus name | kind | tags | what it shows |
      |---|---|---|---|
      """;

  private MetricsReference() {}

  /** The whole page, Markdown. */
  static String page() {
    return INTRODUCTION + metrics() + "\n## Tags\n\n| tag | what it says |\n|---|---|\n" + tags();
  }

  private static String metrics() {
    return Arrays.stream(Metric.values())
        .map(
            metric ->
                "| `%s` | %s | %s | %s |%n"
                    .formatted(
                        prometheusName(metric),
                        metric.kind().name().toLowerCase().replace('_', ' '),
                        metric.tags().stream()
                            .map(tag -> "`" + tag.tagName() + "`")
                            .collect(Collectors.joining(", ")),
                        metric.description()))
        .collect(Collectors.joining());
  }

  private static String tags() {
    return Arrays.stream(Tag.values())
        .map(tag -> "| `%s` | %s |%n".formatted(tag.tagName(), tag.description()))
        .collect(Collectors.joining());
  }

  static String prometheusName(Metric metric) {
    Meter.Type type =
        switch (metric.kind()) {
          case COUNTER, WORK_COUNTER -> Meter.Type.COUNTER;
          case TIMER -> Meter.Type.TIMER;
          case GAUGE, FLEET_GAUGE -> Meter.Type.GAUGE;
        };
    String name = NAMES.name(metric.meterName(), type, metric.unit());
    boolean isCounter = metric.kind() == Kind.COUNTER || metric.kind() == Kind.WORK_COUNTER;
    return isCounter && !name.endsWith("_total") ? name + "_total" : name;
  }
}
