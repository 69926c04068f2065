package io.backstop.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.CallRate;
import io.backstop.action.FleetSignal;
import io.backstop.action.FleetState;
import io.backstop.action.RateShare;
import io.backstop.action.RateShares;
import io.backstop.config.Policies;
import io.backstop.metrics.ActionMetrics;
import io.backstop.testing.TestConfig;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CallRatesTest {
  private static final long NOW = 1_772_000_000_000L;

  private final MockClock time = new MockClock();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry(SimpleConfig.DEFAULT, time);
  private final Policies policies =
      new Policies(TestConfig.with("backstop.services.notion.calls-per-second", "10"));
  private final CallRates rates =
      new CallRates(
          "me", policies, Duration.ofSeconds(1), Duration.ofMinutes(15), new ActionMetrics(meters));

  private void grant(double share, long version, long until) {
    rates.changed(
        "notion",
        state(
            new RateShares(
                version, List.of(new RateShare("me", share, Instant.ofEpochMilli(until))), null)));
  }

  private static FleetState state(RateShares shares) {
    return FleetState.newBuilder().setWrittenAt(Instant.ofEpochMilli(NOW)).setLimit(shares).build();
  }

  private static FleetState paused(long until) {
    return state(new RateShares(1L, List.of(), Instant.ofEpochMilli(until)));
  }

  @Test
  void shouldStartWhateverIsAskedForWithoutALimitAndTellNothing() {
    var rate = rates.of("slack");

    for (int i = 0; i < 10_000; i++) {
      assertThat(rate.tryStart(NOW)).isTrue();
    }

    assertThat(rates.due(NOW)).isEmpty();
    assertThat(rates.leaving(NOW)).isEmpty();
  }

  @Test
  void shouldStartNothingUnderALimitWithoutAShareAndSayAtOnceThatItWantsOne() {
    assertThat(rates.due(NOW)).isEmpty();
    assertThat(rates.of("notion").tryStart(NOW)).isFalse();

    var signals = rates.due(NOW);

    assertThat(signals)
        .singleElement()
        .satisfies(
            signal -> {
              assertThat(signal.getInstance()).isEqualTo("me");
              assertThat(signal.getScope()).isEqualTo("notion");
              assertThat(signal.getSequence()).isEqualTo(NOW);
              assertThat(signal.getRate().getWanted()).isTrue();
              assertThat(signal.getRate().getSeenVersion()).isZero();
              assertThat(signal.getRate().getPausedUntil()).isNull();
            });
    assertThat(rates.due(NOW + 10)).isEmpty();
  }

  @Test
  void shouldSayAgainEveryTwoSecondsWhatItWantsAndFallSilentWhenItWantsNothing() {
    var sent = new ArrayList<Long>();
    for (long now = NOW; now < NOW + 20_000; now += 10) {
      if (now < NOW + 5_000) {
        rates.of("notion").tryStart(now);
      }
      if (!rates.due(now).isEmpty()) {
        sent.add(now - NOW);
      }
    }

    assertThat(sent).containsExactly(0L, 2_000L, 4_000L, 6_000L);
  }

  @Test
  void shouldKeepToItsShareAndConfirmIt() {
    rates.of("notion").tryStart(NOW);
    rates.due(NOW);

    grant(5, 3, NOW + 60_000);

    assertThat(rates.due(NOW + 10))
        .singleElement()
        .satisfies(s -> assertThat(s.getRate().getSeenVersion()).isEqualTo(3));
    int started = 0;
    for (long now = NOW + 10; now < NOW + 10_010; now += 2) {
      started += rates.of("notion").tryStart(now) ? 1 : 0;
    }
    assertThat(started).isBetween(48, 50);
    time.add(NOW - time.wallTime(), TimeUnit.MILLISECONDS);
    assertThat(shownShare()).isEqualTo(5);

    time.add(Duration.ofSeconds(60));
    assertThat(shownShare()).as("when its lease is over").isZero();
  }

  private double shownShare() {
    return meters.get("backstop.call.share").tag("scope", "notion").gauge().value();
  }

  @Test
  void shouldConfirmAShareThatChangedButNotALeaseThatWasRenewed() {
    grant(5, 3, NOW + 60_000);
    assertThat(rates.due(NOW)).hasSize(1);

    grant(5, 4, NOW + 80_000);
    assertThat(rates.due(NOW + 10)).isEmpty();

    rates.changed("notion", state(new RateShares(5L, List.of(), null)));
    assertThat(rates.due(NOW + 20))
        .singleElement()
        .satisfies(
            signal -> {
              assertThat(signal.getRate().getSeenVersion()).isEqualTo(5);
              assertThat(signal.getRate().getWanted()).isFalse();
            });
    assertThat(rates.of("notion").tryStart(NOW + 20)).isFalse();
  }

  @Test
  void shouldStartNothingMoreOnceItsLeaseIsOver() {
    grant(5, 3, NOW + 60_000);

    assertThat(rates.of("notion").tryStart(NOW + 59_999)).isTrue();
    assertThat(rates.of("notion").tryStart(NOW + 60_000)).isFalse();
    assertThat(rates.of("notion").tryStart(NOW + 65_000)).isFalse();
  }

  @Test
  void shouldTakeOverALimitThatComesAndGoesAtRunTime() {
    policies.change("slack", Map.of("calls-per-second", "3"));
    assertThat(rates.of("slack").tryStart(NOW)).isFalse();

    policies.change("slack", Map.of());

    assertThat(rates.of("slack").tryStart(NOW)).isTrue();
  }

  @Test
  void shouldPauseAtOnceWhenTheServiceAsksForItAndTellTheFleet() {
    var rate = rates.of("slack");

    rate.throttled(Optional.of(Duration.ofSeconds(30)), NOW, NOW);

    assertThat(rate.pausedUntil(NOW)).isEqualTo(NOW + 30_000);
    assertThat(rate.tryStart(NOW + 29_999)).isFalse();
    assertThat(rate.tryStart(NOW + 30_000)).isTrue();
    assertThat(rates.due(NOW))
        .singleElement()
        .satisfies(
            signal -> {
              assertThat(signal.getRate().getPausedUntil())
                  .isEqualTo(Instant.ofEpochMilli(NOW + 30_000));
              assertThat(signal.getRate().getWanted()).isFalse();
            });
    assertThat(meters.get("backstop.pauses").tag("scope", "slack").counter().count()).isEqualTo(1);
  }

  @Test
  void shouldTellAPauseAgainUntilTheFleetKnowsOfIt() {
    rates.of("slack").throttled(Optional.of(Duration.ofSeconds(30)), NOW, NOW);
    assertThat(rates.due(NOW)).hasSize(1);
    assertThat(rates.due(NOW + 1_999)).isEmpty();
    assertThat(rates.due(NOW + 2_000)).hasSize(1);

    rates.changed("slack", paused(NOW + 30_000));

    assertThat(rates.due(NOW + 4_000)).isEmpty();
  }

  @Test
  void shouldTellOnlyOnceAboutManyCallsThatWereRefusedTogether() {
    for (int i = 0; i < 90; i++) {
      rates.of("slack").throttled(Optional.empty(), NOW + i, NOW + i);
      List<FleetSignal> due = rates.due(NOW + i);
      assertThat(due).hasSize(i == 0 ? 1 : 0);
    }
    assertThat(rates.of("slack").pausedUntil(NOW)).isEqualTo(NOW + 89 + 1_000);
    assertThat(meters.get("backstop.pauses").tag("scope", "slack").counter().count()).isEqualTo(1);
  }

  @Test
  void shouldNeverPauseLongerThanAllowed() {
    rates.of("slack").throttled(Optional.of(Duration.ofSeconds(Long.MAX_VALUE)), NOW, NOW);

    assertThat(rates.of("slack").pausedUntil(NOW)).isEqualTo(NOW + 900_000);
  }

  @Test
  void shouldKeepToTheLaterOfItsOwnPauseAndTheFleets() {
    var rate = rates.of("slack");
    rate.throttled(Optional.of(Duration.ofSeconds(5)), NOW, NOW);

    rates.changed("slack", paused(NOW + 8_000));
    assertThat(rate.pausedUntil(NOW)).isEqualTo(NOW + 8_000);

    rates.changed("slack", null);
    assertThat(rate.pausedUntil(NOW)).isEqualTo(NOW + 5_000);
  }

  @Test
  void shouldSayGoodbyeAndThenStartNothingUnderALimit() {
    rates.of("slack").tryStart(NOW);
    grant(5, 3, NOW + 60_000);

    var signals = rates.leaving(NOW);

    assertThat(signals)
        .singleElement()
        .satisfies(
            signal -> {
              assertThat(signal.getScope()).isEqualTo("notion");
              assertThat(signal.getLeaving()).isTrue();
              assertThat(signal.getRate().getWanted()).isFalse();
            });
    grant(5, 4, NOW + 60_000);
    assertThat(rates.of("notion").tryStart(NOW + 1)).isFalse();
    assertThat(rates.due(NOW + 1)).isEmpty();
  }

  @Test
  void shouldPaceItselfAfterTooManyCallsButNotAfterAnotherPause() {
    var refused = rates.of("slack");
    var unavailable = rates.of("trello");

    refused.throttled(Optional.of(Duration.ofSeconds(1)), NOW - 50, NOW);
    unavailable.paused(Duration.ofSeconds(1), NOW);

    assertThat(unavailable.tryStart(NOW + 999)).isFalse();
    assertThat(startAll(unavailable, NOW + 1_000, NOW + 1_002)).isEqualTo(10_000);
    assertThat(unavailable.isLimited()).isFalse();
    assertThat(refused.tryStart(NOW + 999)).isFalse();
    assertThat(startAll(refused, NOW + 1_000, NOW + 1_900)).isEqualTo(1);
    assertThat(refused.isLimited()).isTrue();
  }

  @Test
  void shouldKeepToTheSmallerOfItsShareAndItsPace() {
    var rate = rates.of("notion");
    grant(5, 3, NOW + 60_000);
    rate.throttled(Optional.empty(), NOW - 50, NOW);

    int paced = startAll(rate, NOW + 1_000, NOW + 2_000);
    int grown = startAll(rate, NOW + 10_000, NOW + 20_000);

    assertThat(paced).isEqualTo(1);
    assertThat(grown).isBetween(48, 51);
  }

  private static int startAll(CallRate rate, long from, long until) {
    int started = 0;
    for (long now = from; now < until; now += 2) {
      while (started < 10_000 && rate.tryStart(now)) {
        started++;
      }
    }
    return started;
  }
}
