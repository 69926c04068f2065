package io.backstop.fallback;

import static io.backstop.fallback.KeeperHarness.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.FailureClass;
import io.backstop.action.FailureEvidence;
import io.backstop.action.FleetSignal;
import io.backstop.action.FleetState;
import io.backstop.action.InstanceFailure;
import io.backstop.action.RecentFailures;
import io.backstop.action.ServiceFailure;
import io.backstop.action.StoreNames;
import io.backstop.testing.TestConfig;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FailureKeeperTest {
  private static final long WINDOW = 300_000;

  private final KeeperHarness keeper =
      new KeeperHarness(
          FailureKeeper.supplier(
              TestConfig.with().fallback().skip(), new FailureKeeper.Children("states", "results")),
          StoreNames.RECENT_FAILURES,
          RecentFailures.class);

  @Test
  void shouldPutTogetherWhatTheInstancesHaveSeen() {
    keeper.process(signal("one", 1, NOW - 3_000, NOW - 1_000));
    keeper.process(signal("two", 1, NOW - 2_000));
    keeper.pass(500);

    assertThat(keeper.forwarded("states").get(0).key()).isEqualTo("failures:notion");
    assertThat(published().getFailures())
        .extracting(InstanceFailure::getInstance)
        .containsExactly("one", "two", "one");
  }

  @Test
  void shouldPublishOnlyWhatHasChanged() {
    keeper.process(signal("one", 1, NOW));
    keeper.pass(500);
    keeper.process(signal("one", 2, NOW));
    keeper.process(signal("one", 1, NOW - 1_000));
    keeper.pass(500);

    assertThat(keeper.forwarded("states")).hasSize(1);
  }

  @Test
  void shouldForgetWhatIsTooOldAndLeaveNothingBehind() {
    keeper.process(signal("one", 1, NOW));
    keeper.pass(500);
    keeper.pass(WINDOW);
    keeper.pass(500);

    assertThat(keeper.forwarded("states")).hasSize(2);
    assertThat(keeper.forwarded("states").get(1).value()).isNull();
  }

  @Test
  void shouldKeepTheNewestFiftyOnly() {
    keeper.process(signal("one", 1, LongStream.range(0, 50).map(each -> NOW - each).toArray()));
    keeper.process(signal("two", 1, NOW - 100, NOW));
    keeper.pass(500);

    assertThat(published().getFailures())
        .hasSize(50)
        .noneMatch(each -> each.getFailure().getAt().toEpochMilli() == NOW - 100);
  }

  @Test
  void shouldClearTheFailuresOfAServiceForTheFleet() {
    keeper.process(signal("one", 1, NOW - 2_000, NOW - 1_000));
    keeper.pass(500);

    keeper.process(StrategyKeeperTest.command(FailureKeeper.CLEAR, "notion", Map.of()));
    keeper.process(signal("one", 2, NOW - 2_000, NOW - 1_000));
    keeper.pass(500);

    assertThat(published().getFailures()).isEmpty();
    assertThat(published().getClearedAt()).isEqualTo(Instant.ofEpochMilli(NOW + 500));
    assertThat(published().getClearedBy()).isEqualTo("ann");
    assertThat(answers().get(0).getMessage()).isEqualTo("The failures of notion are cleared: 2.");
    assertThat(answers().get(0).getAffected()).isEqualTo(2);
  }

  @Test
  void shouldSayThatNothingIsKnownOfAServiceWhereNothingFailed() {
    keeper.process(StrategyKeeperTest.command(FailureKeeper.CLEAR, "notoin", Map.of()));

    assertThat(answers().get(0).getMessage())
        .isEqualTo("Nothing is known to have failed at notoin: nothing was cleared.");
    assertThat(answers().get(0).getAffected()).isZero();
  }

  @Test
  void shouldClearAllServicesWhenNoneIsNamed() {
    keeper.process(signal("one", 1, NOW));
    keeper.process(FleetSignal.newBuilder(signal("one", 2, NOW)).setScope("trello").build());

    keeper.process(StrategyKeeperTest.command(FailureKeeper.CLEAR, "", Map.of()));

    assertThat(answers().get(0).getAffected()).isEqualTo(2);
    assertThat(keeper.forwarded("states"))
        .extracting(state -> state.key())
        .containsExactly("failures:notion", "failures:trello");
  }

  @Test
  void shouldRefuseArguments() {
    keeper.process(StrategyKeeperTest.command(FailureKeeper.CLEAR, "", Map.of("all", "true")));

    assertThat(answers().get(0).getStatus()).isEqualTo(CommandStatus.REFUSED);
    assertThat(keeper.forwarded("states")).isEmpty();
  }

  @Test
  void shouldKnowAfterARestartWhatInstancesHadSeenThatAreGone() {
    keeper.process(signal("gone", 7, NOW));
    keeper.pass(500);

    keeper.restart();
    keeper.process(signal("one", 1, NOW + 100));
    keeper.pass(500);

    assertThat(published().getFailures())
        .extracting(InstanceFailure::getInstance)
        .containsExactly("gone", "one");
  }

  @Test
  void shouldTellAnewWhatATransactionThatFailedHadTold() {
    keeper.process(signal("one", 1, NOW));

    keeper.reviveSameObject();
    keeper.pass(500);

    assertThat(keeper.forwarded("states")).isEmpty();
  }

  private RecentFailures published() {
    var states = keeper.forwarded("states");
    return ((FleetState) states.get(states.size() - 1).value()).getFailures();
  }

  private List<CommandResult> answers() {
    return keeper.forwarded("results").stream().map(each -> (CommandResult) each.value()).toList();
  }

  static FleetSignal signal(String instance, long sequence, long... times) {
    return FleetSignal.newBuilder()
        .setInstance(instance)
        .setScope("notion")
        .setSequence(sequence)
        .setSentAt(Instant.ofEpochMilli(NOW))
        .setFailures(
            new FailureEvidence(
                LongStream.of(times).sorted().mapToObj(at -> failure("notion", at)).toList()))
        .build();
  }

  static ServiceFailure failure(String service, long at) {
    return new ServiceFailure(
        service,
        service + ":query",
        Instant.ofEpochMilli(at),
        FailureClass.SERVER_ERROR,
        "HTTP 500");
  }
}
