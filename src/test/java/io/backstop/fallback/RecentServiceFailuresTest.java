package io.backstop.fallback;

import static io.backstop.fallback.FailureKeeperTest.failure;
import static io.backstop.fallback.KeeperHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FailureClass;
import io.backstop.action.FleetSignal;
import io.backstop.action.FleetState;
import io.backstop.action.InstanceFailure;
import io.backstop.action.RecentFailures;
import io.backstop.action.ServiceFailure;
import io.backstop.config.SkipConfig;
import io.backstop.testing.TestConfig;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecentServiceFailuresTest {
  private static final long WINDOW = 300_000;
  private static final SkipConfig SKIP = TestConfig.with().fallback().skip();

  private final RecentServiceFailures failures = new RecentServiceFailures("one", SKIP);

  @Test
  void shouldSkipAServiceThatFailedThreeTimesInFiveMinutes() {
    failures.failed(failure("notion", NOW - 200_000));
    failures.failed(failure("notion", NOW - 100_000));
    boolean afterTwo = failures.isSkippable("notion", NOW);
    failures.failed(failure("notion", NOW));

    assertThat(afterTwo).isFalse();
    assertThat(failures.isSkippable("notion", NOW)).isTrue();
    assertThat(failures.isSkippable("trello", NOW)).isFalse();
    assertThat(failures.isSkippable("notion", NOW - 200_000 + WINDOW)).isFalse();
  }

  @Test
  void shouldCountTheFailuresOfTheWholeFleetAndItsOwnOnce() {
    failures.failed(failure("notion", NOW));
    failures.changed("notion", state(null, by("one", NOW), by("two", NOW - 1)));
    boolean afterTwo = failures.isSkippable("notion", NOW);

    failures.changed("notion", state(null, by("one", NOW), by("two", NOW - 2), by("two", NOW - 1)));

    assertThat(afterTwo).isFalse();
    assertThat(failures.isSkippable("notion", NOW)).isTrue();
  }

  @Test
  void shouldForgetWhatIsCleared() {
    Stream.of(3, 2, 1).forEach(ago -> failures.failed(failure("notion", NOW - ago)));

    failures.changed("notion", state(NOW));
    boolean afterClearing = failures.isSkippable("notion", NOW + 1);
    failures.failed(failure("notion", NOW + 2));

    assertThat(afterClearing).isFalse();
    assertThat(failures.due(NOW + 2).get(0).getFailures().getFailures()).hasSize(1);
  }

  @Test
  void shouldNeverSkipWhenNoNumberIsEnough() {
    RecentServiceFailures never =
        new RecentServiceFailures(
            "one", TestConfig.with("backstop.fallback.skip.failures", "0").fallback().skip());

    Stream.of(3, 2, 1).forEach(ago -> never.failed(failure("notion", NOW - ago)));

    assertThat(never.isSkippable("notion", NOW)).isFalse();
    assertThat(never.due(NOW)).hasSize(1);
  }

  @Test
  void shouldNotBlameAServiceForRequestsThatAreWrong() {
    for (FailureClass wrong :
        List.of(FailureClass.VALIDATION, FailureClass.NOT_FOUND, FailureClass.EXPIRED)) {
      failures.failed(
          ServiceFailure.newBuilder(failure("notion", NOW)).setFailureClass(wrong).build());
    }

    assertThat(failures.isSkippable("notion", NOW)).isFalse();
    assertThat(failures.due(NOW)).isEmpty();
  }

  @Test
  void shouldTellTheFleetOnceAndAgainAfterAWhile() {
    failures.failed(failure("notion", NOW));

    List<FleetSignal> first = failures.due(NOW);
    failures.failed(failure("notion", NOW));

    assertThat(first).hasSize(1);
    assertThat(failures.due(NOW + 100)).as("too soon").isEmpty();
    assertThat(failures.due(NOW + 500).get(0).getFailures().getFailures()).hasSize(2);
    assertThat(failures.due(NOW + 1_000)).as("nothing new").isEmpty();
    assertThat(failures.due(NOW + 21_000)).as("a sign of life").hasSize(1);
    assertThat(failures.due(NOW + WINDOW)).as("too old").isEmpty();
  }

  @Test
  void shouldSayItsLastWordsOnce() {
    failures.failed(failure("notion", NOW));

    assertThat(failures.leaving(NOW)).singleElement().matches(FleetSignal::getLeaving);
    assertThat(failures.leaving(NOW)).isEmpty();
    assertThat(failures.due(NOW + 1_000)).isEmpty();
  }

  @Test
  void shouldStayBounded() {
    for (int each = 0; each < 1_000; each++) {
      failures.failed(failure("notion", NOW + each));
    }

    assertThat(failures.due(NOW + 1_000).get(0).getFailures().getFailures()).hasSize(50);
  }

  private static InstanceFailure by(String instance, long at) {
    return new InstanceFailure(instance, failure("notion", at));
  }

  private static FleetState state(Long clearedAt, InstanceFailure... all) {
    return FleetState.newBuilder()
        .setWrittenAt(Instant.ofEpochMilli(NOW))
        .setFailures(
            new RecentFailures(
                List.of(all),
                clearedAt == null ? null : Instant.ofEpochMilli(clearedAt),
                clearedAt == null ? null : "ann"))
        .build();
  }
}
