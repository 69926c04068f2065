package io.backstop.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.ProbePermit;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CircuitTest {
  private static final long START = 1_000_000;
  private static final String REASON = "5 failures in a row";

  private CircuitRules rules = SampleRules.with();
  private CircuitStatus status = Circuit.untouched(START);
  private long now = START;

  private Transition on(CircuitEvent event) {
    Transition transition = Circuit.apply(status, event, rules, now);
    status = transition.status();
    return transition;
  }

  private void open() {
    on(new CircuitEvent.ThresholdCrossed(REASON));
  }

  private void halfOpen() {
    open();
    now = status.getOpenUntil().toEpochMilli();
    on(new CircuitEvent.OpenTimeOver());
  }

  private Optional<String> demand(String instance) {
    return on(new CircuitEvent.Demanded(instance)).effects().stream()
        .map(effect -> ((CircuitEffect.PermitGranted) effect).permit().getId())
        .findFirst();
  }

  private Transition report(String permit, Boolean succeeded) {
    return on(new CircuitEvent.ProbeReported(permit, Optional.ofNullable(succeeded), "HTTP 503"));
  }

  @Test
  void shouldOpenWhenTheThresholdIsCrossed() {
    open();

    assertThat(status.getState()).isEqualTo(CircuitState.OPEN);
    assertThat(status.getReason()).isEqualTo(REASON);
    assertThat(status.getOpenUntil()).isEqualTo(Instant.ofEpochMilli(START + 30_000));
    assertThat(status.getVersion()).isEqualTo(1);
  }

  @Test
  void shouldStayOpenUntilTheVeryEndOfTheOpenTime() {
    open();
    now = START + 29_999;
    on(new CircuitEvent.OpenTimeOver());

    assertThat(status.getState()).isEqualTo(CircuitState.OPEN);

    now = START + 30_000;
    on(new CircuitEvent.OpenTimeOver());

    assertThat(status.getState()).isEqualTo(CircuitState.HALF_OPEN);
  }

  @Test
  void shouldCloseAfterEnoughSuccesses() {
    halfOpen();
    String first = demand("a").orElseThrow();
    String second = demand("b").orElseThrow();

    report(first, true);
    assertThat(status.getState()).isEqualTo(CircuitState.HALF_OPEN);
    report(second, true);

    assertThat(status.getState()).isEqualTo(CircuitState.CLOSED);
    assertThat(status.getOpenings()).isZero();
    assertThat(status.getPermits()).isEmpty();
  }

  @Test
  void shouldGrantNoMorePermitsThanSuccessesAreMissing() {
    halfOpen();

    assertThat(demand("a")).isPresent();
    assertThat(demand("b")).isPresent();
    assertThat(demand("c")).isEmpty();
  }

  @Test
  void shouldOpenForLongerEachTimeAProbeFailsUpToTheLongest() {
    rules = SampleRules.with("open-duration", "30s", "max-open-duration", "100s");
    halfOpen();

    report(demand("a").orElseThrow(), false);

    assertThat(status.getState()).isEqualTo(CircuitState.OPEN);
    assertThat(status.getReason()).contains("HTTP 503");
    assertThat(status.getOpenUntil()).isEqualTo(Instant.ofEpochMilli(now + 60_000));

    now += 60_000;
    on(new CircuitEvent.OpenTimeOver());
    report(demand("a").orElseThrow(), false);

    assertThat(status.getOpenings()).isEqualTo(3);
    assertThat(status.getOpenUntil()).isEqualTo(Instant.ofEpochMilli(now + 100_000));
  }

  @Test
  void shouldGrantThePermitOfAnInstanceThatDiedAnewWhileTheNumberLasts() {
    halfOpen();
    String lost = demand("dead").orElseThrow();
    report(demand("a").orElseThrow(), true);
    assertThat(demand("a")).isEmpty();

    now = status.getPermits().get(0).getExpiresAt().toEpochMilli();
    on(new CircuitEvent.PermitExpired(lost));
    report(demand("a").orElseThrow(), true);

    assertThat(status.getState()).isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void shouldOpenAgainWhenTheProbesLeftCannotCloseIt() {
    halfOpen();
    String lost = demand("dead").orElseThrow();
    String alsoLost = demand("dead").orElseThrow();
    now = status.getPermits().get(0).getExpiresAt().toEpochMilli();

    on(new CircuitEvent.PermitExpired(lost));
    on(new CircuitEvent.PermitExpired(alsoLost));

    assertThat(status.getState()).isEqualTo(CircuitState.OPEN);
    assertThat(status.getReason()).contains("undecided: 0 of 2 probes succeeded, 2 are needed");
  }

  @Test
  void shouldFreeAPermitWhoseProbeSaysNothing() {
    halfOpen();
    String first = demand("a").orElseThrow();
    demand("b");

    report(first, null);

    assertThat(status.getPermits()).extracting(ProbePermit::getInstance).containsExactly("b");
    assertThat(demand("c")).isPresent();
    assertThat(status.getGranted()).isEqualTo(3);
  }

  @Test
  void shouldGrantAPermitThatWasGivenBackUnusedAnewAsOftenAsItTakes() {
    halfOpen();
    for (int round = 0; round < 50; round++) {
      String unused = demand("idle").orElseThrow();
      now += 5_000;
      on(new CircuitEvent.PermitReturned(unused));
      on(new CircuitEvent.PermitReturned(unused));
    }

    assertThat(status.getState()).isEqualTo(CircuitState.HALF_OPEN);
    assertThat(status.getGranted()).isZero();
  }

  @Test
  void shouldKeepAPermitUntilAProbeStartedAtTheLastMomentMustHaveEnded() {
    rules = SampleRules.with("permit-duration", "2s");
    halfOpen();
    demand("a");
    ProbePermit permit = status.getPermits().get(0);

    assertThat(permit.getUsableUntil()).isEqualTo(Instant.ofEpochMilli(now + 2_000));
    assertThat(permit.getExpiresAt()).isEqualTo(Instant.ofEpochMilli(now + 2_000 + 10_000 + 2_000));

    now = permit.getExpiresAt().toEpochMilli() - 1;
    on(new CircuitEvent.PermitExpired(permit.getId()));

    assertThat(status.getPermits()).containsExactly(permit);
  }

  @Test
  void shouldIgnoreWhatIsLateEarlyDoubledOrUnknown() {
    halfOpen();
    String permit = demand("a").orElseThrow();
    report(permit, true);
    CircuitStatus before = status;

    assertThat(report(permit, false).status()).isSameAs(before);
    assertThat(report("another", false).status()).isSameAs(before);
    assertThat(on(new CircuitEvent.ThresholdCrossed(REASON)).status()).isSameAs(before);
    assertThat(on(new CircuitEvent.OpenTimeOver()).status()).isSameAs(before);
    assertThat(on(new CircuitEvent.InstanceStopped("a")).status()).isSameAs(before);
  }

  @Test
  void shouldIgnoreTheReportOfAnEarlierPeriod() {
    halfOpen();
    String early = demand("a").orElseThrow();
    report(demand("b").orElseThrow(), false);
    now = status.getOpenUntil().toEpochMilli();
    on(new CircuitEvent.OpenTimeOver());
    demand("a");

    report(early, false);

    assertThat(status.getState()).isEqualTo(CircuitState.HALF_OPEN);
  }

  @Test
  void shouldObeyTheOperatorOnly() {
    on(new CircuitEvent.OperatorForcedOpen("ann", "maintenance"));
    assertThat(status.getState()).isEqualTo(CircuitState.FORCED_OPEN);
    assertThat(status.getReason()).isEqualTo("forced open by ann: maintenance");
    assertThat(status.getActor()).isEqualTo("ann");

    now += 1_000_000;
    on(new CircuitEvent.OpenTimeOver());
    on(new CircuitEvent.ThresholdCrossed(REASON));
    assertThat(status.getState()).isEqualTo(CircuitState.FORCED_OPEN);

    on(new CircuitEvent.OperatorDisabled("ann", null));
    on(new CircuitEvent.ThresholdCrossed(REASON));
    assertThat(status.getState()).isEqualTo(CircuitState.DISABLED);

    on(new CircuitEvent.OperatorReset("ann", null));
    assertThat(status.getState()).isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void shouldStartAfreshAtAResetEvenWhenClosed() {
    on(new CircuitEvent.InstanceStopped("a"));
    assertThat(status.getIsolated()).containsExactly("a");

    on(new CircuitEvent.OperatorReset("ann", null));

    assertThat(status.getIsolated()).isEmpty();
    assertThat(status.getVersion()).isEqualTo(1);
  }

  @Test
  void shouldListAnInstanceThatHasStoppedUntilItReturns() {
    assertThat(on(new CircuitEvent.InstanceStopped("a")).effects())
        .containsExactly(new CircuitEffect.InstanceIsolated("a"));
    assertThat(on(new CircuitEvent.InstanceStopped("a")).effects()).isEmpty();
    assertThat(on(new CircuitEvent.InstanceReturned("a")).effects())
        .containsExactly(new CircuitEffect.InstanceRejoined("a"));
    assertThat(status.getVersion()).isZero();
  }

  @Test
  void shouldLeaveAStateOfANewerVersionToOperators() {
    status = CircuitStatus.newBuilder(status).setState(CircuitState.UNKNOWN).build();

    open();
    assertThat(status.getState()).isEqualTo(CircuitState.UNKNOWN);
    on(new CircuitEvent.OperatorReset("ann", null));

    assertThat(status.getState()).isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void shouldRefuseAMoveThatNoArrowShowsNamingBothStates() {
    assertThatIllegalStateException()
        .isThrownBy(() -> CircuitMoves.check(CircuitState.FORCED_OPEN, CircuitState.HALF_OPEN))
        .withMessage("a circuit cannot go from FORCED_OPEN to HALF_OPEN");
  }
}
