package io.backstop.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes registries that Prometheus can scrape. Of Kafka's own meters they show those of a client or
 * a thread; one for each partition, topic, task or store would be thousands.
 */
public final class MeterRegistries {
  private static final String KAFKA = "kafka.";

  /** Tags of Kafka's meters that have few values. */
  private static final Set<String> FEW = Set.of("client.id", "thread.id", "kafka.version");

  /** What a process start makes new, so that each restart would begin all series anew. */
  private static final Pattern PROCESS =
      Pattern.compile("-?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private MeterRegistries() {}

  /** Closed by the caller. */
  public static PrometheusMeterRegistry prometheus() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(new KafkaMeters());
    return registry;
  }

  private static final class KafkaMeters implements MeterFilter {
    @Override
    public MeterFilterReply accept(Meter.Id id) {
      boolean isFineGrained =
          id.getName().startsWith(KAFKA)
              && id.getTags().stream().anyMatch(tag -> !FEW.contains(tag.getKey()));
      return isFineGrained ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
      if (!id.getName().startsWith(KAFKA)) {
        return id;
      }
      List<Tag> tags =
          id.getTags().stream()
              .map(tag -> Tag.of(tag.getKey(), PROCESS.matcher(tag.getValue()).replaceFirst("")))
              .toList();
      return id.replaceTags(Tags.of(tags));
    }
  }
}
