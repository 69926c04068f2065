package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.backstop.testing.BrokerExtension;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A stopping instance takes no work, lets its calls finish, commits and leaves the group. */
class CleanShutdownIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();

  /** As long as the others would wait for one that had not left. */
  private static final Duration SESSION = Duration.ofSeconds(60);

  @TempDir private Path temp;

  @Test
  void shouldFinishCallsInFlightAndLeaveTheRestToTheNextInstanceAtOnce() {
    try (var flow =
        new ProcessorScenario(
            BROKER,
            temp,
            "backstop.execution.max-concurrent-calls",
            "20",
            "backstop.kafka.session-timeout",
            SESSION.toSeconds() + "s")) {
      flow.publish("r", 100);
      var first = TestTarget.answeringAfter(Duration.ofMillis(400));
      try (var processor = flow.start(first)) {
        await().until(() -> first.calls.size() >= 20);
        assertThat(processor.fatal()).isNotDone();
      }
      int started = first.calls.size();
      flow.awaitOutcomes(started, Duration.ofSeconds(5));
      flow.readOn();

      assertThat(flow.results()).hasSize(started);
      assertThat(started).isLessThan(100);

      var second = TestTarget.answeringAfter(Duration.ZERO);
      long start = System.nanoTime();
      try (var processor = flow.start(second)) {
        flow.awaitOutcomes(100);
        assertThat(processor.fatal()).isNotDone();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SESSION);
      assertThat(second.calls).hasSize(100 - started);
      assertThat(flow.results()).allMatch(result -> result.getAttempts().size() == 1);
    }
  }

  @Test
  void shouldKeepItsStoresOverARestartEvenWhereAWindowIsStillEmpty() {
    var streams = (Logger) LoggerFactory.getLogger("org.apache.kafka.streams");
    var logged = new ListAppender<ILoggingEvent>();
    logged.start();
    streams.addAppender(logged);
    try (var flow = new ProcessorScenario(BROKER, temp)) {
      for (int start = 1; start <= 2; start++) {
        try (var processor = flow.start(TestTarget.answeringAfter(Duration.ZERO))) {
          flow.publish("r" + start, 30);
          flow.awaitOutcomes(30 * start);
          assertThat(processor.fatal()).isNotDone();
        }
      }
    } finally {
      streams.detachAppender(logged);
    }

    assertThat(logged.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(line -> line.contains("corrupt"));
  }
}
