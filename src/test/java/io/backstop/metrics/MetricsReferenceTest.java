package io.backstop.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.testing.CommittedFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsReferenceTest {

  @Test
  void shouldBeCurrent() {
    CommittedFile.mustHold(Path.of("docs/metrics.md"), MetricsReference.page());
  }

  @Test
  void shouldGiveEveryMeterItsOwnName() {
    assertThat(Metric.values())
        .extracting(MetricsReference::prometheusName)
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldUseEveryTag() {
    assertThat(Metric.values()).flatExtracting(Metric::tags).contains(Tag.values());
  }
}
