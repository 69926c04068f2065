package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.backstop.testing.BrokerExtension;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** End to end against a broker as others run it, with its own defaults. */
class ContainerBrokerIT {
  @RegisterExtension static final BrokerExtension REGISTRY = new BrokerExtension();
  private static final String IMAGE = "apache/kafka:4.3.1";

  @TempDir private Path temp;

  @Test
  void shouldGiveEveryRequestOneResultOnABrokerInAContainer() {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "skipped: no Docker here to run " + IMAGE + " in");

    try (var kafka = new KafkaContainer(IMAGE)) {
      kafka.start();
      try (var flow =
          new ProcessorScenario(kafka.getBootstrapServers(), REGISTRY.registryUrl(), temp)) {
        flow.publish("r", 500);

        try (var processor = flow.start(TestTarget.answeringAfter(Duration.ofMillis(5)))) {
          flow.awaitOutcomes(500);
          assertThat(processor.fatal()).isNotDone();
        }

        assertThat(flow.results()).hasSize(500);
      }
    }
  }
}
