package io.backstop.runtime;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final Counter replaced = new SimpleMeterRegistry().counter("replaced");
  private final ThreadFailures failures = new ThreadFailures(now::get, replaced);

  @Test
  void shouldStopWithTheCauseWhenAFullDiskKillsEveryNewThread() {
    var full = new ProcessorStateException("store", new IOException("No space left on device"));

    for (int i = 0; i < 5; i++) {
      assertThat(failures.handle(full)).isEqualTo(REPLACE_THREAD);
    }

    assertThat(failures.handle(full)).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(replaced.count()).isEqualTo(5);
    assertThat(failures.fatal().getNow(null)).hasMessage("No space left on device");
  }

  @Test
  void shouldNotCountFailuresThatLieFarBack() {
    for (int i = 0; i < 50; i++) {
      now.updateAndGet(at -> at.plus(Duration.ofMinutes(2)));
      assertThat(failures.handle(new IllegalStateException("again"))).isEqualTo(REPLACE_THREAD);
    }
  }

  @Test
  void shouldGoOnForAsLongAsABrokerIsAway() {
    for (int i = 0; i < 50; i++) {
      assertThat(failures.handle(new TimeoutException("no broker"))).isEqualTo(REPLACE_THREAD);
    }
  }

  @Test
  void shouldStopWithTheLastCauseWhenStreamsStopsInSpiteOfIt() {
    failures.handle(new IllegalStateException("global stores not readable"));

    failures.stopped();

    assertThat(failures.fatal().getNow(null)).hasMessage("global stores not readable");
  }

  @Test
  void shouldSayWhatToDoWhenTheGroupKeepsAnotherTopology() {
    var refused = new InvalidRequestException("Topology updates are not supported yet.");

    assertThat(failures.handle(new StreamsException(refused))).isEqualTo(SHUTDOWN_CLIENT);

    assertThat(failures.fatal().getNow(null))
        .hasMessageContaining("stop all instances")
        .hasMessageContaining("classic");
    assertThat(replaced.count()).isZero();
  }

  @Test
  void shouldStopAtOnceWhenTheProcessItselfIsBroken() {
    assertThat(failures.handle(new OutOfMemoryError())).isEqualTo(SHUTDOWN_CLIENT);
  }
}
