package io.backstop.limit;

import static io.backstop.limit.SampleSignals.leaving;
import static io.backstop.limit.SampleSignals.pausing;
import static io.backstop.limit.SampleSignals.wanting;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Command;
import io.backstop.action.FleetSignal;
import io.backstop.action.RateShare;
import io.backstop.action.RateShares;
import io.backstop.config.Policies;
import io.backstop.testing.TestConfig;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateCoordinatorTest {
  private static final long NOW = 1_772_000_000_000L;

  private final Policies policies =
      new Policies(TestConfig.with("backstop.services.notion.calls-per-second", "12"));
  private final CoordinatorHarness coordinator = new CoordinatorHarness(policies);

  private void receive(FleetSignal signal, long now) {
    coordinator.receive("notion", signal, now);
  }

  private List<RateShares> published() {
    return coordinator.published().stream().map(record -> record.value().getLimit()).toList();
  }

  private static RateShare share(String instance, double callsPerSecond, long until) {
    return new RateShare(instance, callsPerSecond, Instant.ofEpochMilli(until));
  }

  @Test
  void shouldPublishTheFirstShareAtOnce() {
    receive(wanting("a", 1, 0), NOW);

    assertThat(coordinator.published())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.key()).isEqualTo("limit:notion");
              assertThat(record.timestamp()).isEqualTo(NOW);
              assertThat(record.value().getWrittenAt()).isEqualTo(Instant.ofEpochMilli(NOW));
              assertThat(record.value().getLimit())
                  .isEqualTo(new RateShares(1L, List.of(share("a", 12, NOW + 60_000)), null));
            });
    assertThat(coordinator.askedForCommit()).isTrue();
  }

  @Test
  void shouldPublishNothingWhenNothingHasChanged() {
    receive(wanting("a", 1, 0), NOW);
    published();
    coordinator.askedForCommit();

    receive(wanting("a", 2, 1), NOW + 2_000);
    receive(wanting("a", 2, 1), NOW + 2_100);
    coordinator.timeIs(NOW + 2_500);

    assertThat(published()).isEmpty();
    assertThat(coordinator.askedForCommit()).isFalse();
  }

  @Test
  void shouldHandOverTheShareOfAnInstanceThatLeaves() {
    receive(wanting("a", 1, 0), NOW);
    receive(wanting("b", 1, 0), NOW + 10);
    receive(leaving("a", 2), NOW + 20);

    assertThat(published())
        .last()
        .satisfies(
            shares -> assertThat(shares.getShares()).containsExactly(share("b", 12, NOW + 60_020)));
  }

  @Test
  void shouldGoOnWithTheLeasesThatWereGrantedBeforeARestart() {
    receive(wanting("a", 1, 0), NOW);
    published();

    coordinator.restart();
    coordinator.timeIs(NOW + 30_000);
    assertThat(published())
        .singleElement()
        .satisfies(
            shares -> assertThat(shares.getShares()).containsExactly(share("a", 12, NOW + 90_000)));
    receive(wanting("b", 1, 0), NOW + 30_100);

    assertThat(published())
        .singleElement()
        .satisfies(
            shares -> assertThat(shares.getShares()).containsExactly(share("a", 6, NOW + 90_100)));
  }

  @Test
  void shouldTakeSilenceForNothingAfterAStandstill() {
    coordinator.timeIs(NOW);
    receive(wanting("a", 1, 0), NOW);
    published();

    coordinator.timeIs(NOW + 15_000);

    assertThat(published()).isEmpty();
  }

  @Test
  void shouldTakeOverALimitThatChangesAtRunTime() {
    receive(wanting("a", 1, 0), NOW);
    published();

    policies.change("notion", Map.of("calls-per-second", "4"));
    coordinator.timeIs(NOW + 500);

    assertThat(published())
        .singleElement()
        .satisfies(
            shares -> assertThat(shares.getShares()).containsExactly(share("a", 4, NOW + 60_500)));
  }

  @Test
  void shouldGiveAShareToOneThatAskedBeforeTheLimitWasKnownHere() {
    policies.change("slack", Map.of());
    var unlimited = FleetSignal.newBuilder(wanting("a", 1, 0)).setScope("slack").build();
    coordinator.receive("slack", unlimited, NOW);
    assertThat(published()).isEmpty();

    policies.change("slack", Map.of("calls-per-second", "3"));
    coordinator.timeIs(NOW + 500);

    assertThat(published())
        .singleElement()
        .satisfies(
            shares -> assertThat(shares.getShares()).containsExactly(share("a", 3, NOW + 60_500)));
  }

  @Test
  void shouldSpreadAPauseAndCutItToTheLongestAllowed() {
    receive(pausing("a", 1, NOW + 5_000), NOW);
    receive(pausing("b", 1, NOW + 3_000), NOW + 10);
    receive(pausing("b", 2, NOW + 99_000_000), NOW + 20);

    assertThat(published())
        .extracting(RateShares::getPausedUntil)
        .containsExactly(
            Instant.ofEpochMilli(NOW + 5_000), Instant.ofEpochMilli(NOW + 20 + 900_000));
    assertThat(coordinator.askedForCommit()).isTrue();
  }

  @Test
  void shouldKeepAPauseOverARestart() {
    receive(pausing("a", 1, NOW + 60_000), NOW);
    coordinator.restart();

    receive(wanting("a", 2, 1), NOW + 1_000);

    assertThat(published())
        .last()
        .satisfies(
            shares -> {
              assertThat(shares.getVersion()).isEqualTo(2);
              assertThat(shares.getPausedUntil()).isEqualTo(Instant.ofEpochMilli(NOW + 60_000));
            });
  }

  @Test
  void shouldIgnoreWhatIsNotForIt() {
    receive(SampleSignals.signal("a", 1, null, false), NOW);
    coordinator.receive(
        "notion",
        Command.newBuilder()
            .setCommandId("c")
            .setName("circuit.reset")
            .setSubject("notion")
            .setIssuedAt(Instant.ofEpochMilli(NOW))
            .setActor("me")
            .build(),
        NOW);
    coordinator.timeIs(NOW);

    assertThat(published()).isEmpty();
    assertThat(coordinator.storedRecords()).isZero();
  }
}
