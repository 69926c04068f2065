package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.testing.BrokerExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Work that waits is in the store and not on the heap, however much it is. */
@Tag("long")
class BoundedMemoryIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final int REQUESTS = 200_000;

  @TempDir private Path temp;

  @Test
  void shouldTakeInAndDrain200000WaitingRequestsOnASmallHeap() throws Exception {
    Path release = temp.resolve("release");
    try (var flow =
            new ProcessorScenario(
                BROKER, temp.resolve("state"), "backstop.execution.timeout", "10m");
        var processor =
            ProcessorProcess.start(
                List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError"),
                "held:" + release,
                flow.settings())) {
      flow.publish("r", REQUESTS);

      flow.awaitAllAdmitted(Duration.ofSeconds(90));
      flow.readOn();
      assertThat(flow.results()).isEmpty();
      assertThat(processor.isAlive()).isTrue();

      Files.createFile(release);
      flow.awaitOutcomes(REQUESTS, Duration.ofSeconds(120));
      assertThat(processor.isAlive()).isTrue();
      assertThat(flow.letters()).isEmpty();
    }
  }
}
