package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.CircuitState;
import io.backstop.metrics.ActionMetrics;
import io.backstop.runtime.Check.Status;
import io.backstop.testing.TestConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;

class VitalsTest {
  private static final TopicPartition PART = new TopicPartition("finished-changelog", 2);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final AtomicLong lag = new AtomicLong();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Vitals vitals = vitals("backstop.monitoring.max-rebalance", "1m");

  private Vitals vitals(String... settings) {
    var made = new Vitals(TestConfig.with(settings).monitoring(), now::get);
    made.show(new ActionMetrics(meters));
    made.watch(lag::get, () -> Map.of("notion", CircuitState.OPEN));
    return made;
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }

  private Check check(String name) {
    return vitals.ready().checks().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldLiveButNotBeReadyWhileItStarts() {
    assertThat(vitals.live().status()).isEqualTo(Status.PASS);
    assertThat(vitals.ready().status()).isEqualTo(Status.FAIL);
    assertThat(check("streams:state").output()).isEqualTo("it starts");
    assertThat(gauge("backstop.ready")).isZero();
  }

  @Test
  void shouldSayThatStoresAreRestoredBeforeTheFirstRun() {
    vitals.changed(State.REBALANCING);
    vitals.restoring().onRestoreStart(PART, "finished", 100, 1_100);
    vitals.restoring().onBatchRestored(PART, "finished", 500, 400);

    assertThat(vitals.ready().status()).isEqualTo(Status.FAIL);
    assertThat(check("streams:state").output()).contains("stores are restored");
    assertThat(check("restore:records").observed()).isEqualTo(600L);
    assertThat(gauge("backstop.restore.remaining")).isEqualTo(600);
    assertThat(gauge("backstop.restore.stores")).isEqualTo(1);

    vitals.restoring().onRestoreEnd(PART, "finished", 1_000);

    assertThat(gauge("backstop.restore.stores")).isZero();
  }

  @Test
  void shouldBeReadyWhileItRuns() {
    vitals.changed(State.RUNNING);

    assertThat(vitals.ready().status()).isEqualTo(Status.PASS);
    assertThat(gauge("backstop.ready")).isEqualTo(1);
  }

  @Test
  void shouldStayReadyInAShortRebalanceAndNotInALongOne() {
    vitals.changed(State.RUNNING);
    vitals.changed(State.REBALANCING);

    now.updateAndGet(at -> at.plus(Duration.ofSeconds(60)));
    assertThat(vitals.ready().status()).isEqualTo(Status.PASS);

    now.updateAndGet(at -> at.plus(Duration.ofSeconds(1)));
    assertThat(vitals.ready().status()).isEqualTo(Status.FAIL);
    assertThat(vitals.live().status()).isEqualTo(Status.PASS);
  }

  @Test
  void shouldCountAsNotReadyWhenItIsFartherBehindThanAllowed() {
    Vitals bounded = vitals("backstop.monitoring.max-lag", "1000");
    bounded.changed(State.RUNNING);
    vitals.changed(State.RUNNING);

    lag.set(1_001);

    assertThat(bounded.ready().status()).isEqualTo(Status.FAIL);
    assertThat(vitals.ready().status()).as("without a bound").isEqualTo(Status.PASS);
  }

  @Test
  void shouldNeitherLiveNorBeReadyWhenItCannotGoOn() {
    vitals.changed(State.RUNNING);

    vitals.died(new IllegalStateException("secret=42"));

    assertThat(vitals.live().status()).isEqualTo(Status.FAIL);
    assertThat(vitals.ready().status()).isEqualTo(Status.FAIL);
    assertThat(vitals.live().toString()).doesNotContain("42");
  }

  @Test
  void shouldLiveButNotBeReadyWhileItStops() {
    vitals.changed(State.RUNNING);

    vitals.stopping();

    assertThat(vitals.live().status()).isEqualTo(Status.PASS);
    assertThat(vitals.ready().status()).isEqualTo(Status.FAIL);
  }

  @Test
  void shouldWarnOfACircuitThatIsOpen() {
    assertThat(vitals.circuits())
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.name()).isEqualTo("circuit:notion");
              assertThat(check.status()).isEqualTo(Status.WARN);
              assertThat(check.observed()).isEqualTo("OPEN");
            });
  }
}
