package io.backstop.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Admission;
import io.backstop.action.CircuitEvidence;
import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.Outcome;
import io.backstop.action.ProbeReport;
import io.backstop.metrics.ActionMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LocalCircuitTest {
  private static final String INSTANCE = "i-1";
  private static final CircuitRules RULES = SampleRules.with();

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private LocalCircuit circuit = circuit(false);
  private CircuitStatus fleet = Circuit.untouched(0);
  private long now = 1_000_000;

  private LocalCircuit circuit(boolean hasHealthCall) {
    var rules = new CurrentRules("notion", SampleRules.policies(), scope -> hasHealthCall);
    var meter = new CircuitMeter("notion", new ActionMetrics(meters), 0);
    return new LocalCircuit("notion", INSTANCE, rules, meter);
  }

  private void fleet(CircuitEvent event) {
    fleet = Circuit.apply(fleet, event, RULES, now).status();
    circuit.decided(fleet);
  }

  private void fleetHalfOpen() {
    fleet(new CircuitEvent.ThresholdCrossed("failures"));
    long at = now;
    now = fleet.getOpenUntil().toEpochMilli();
    fleet(new CircuitEvent.OpenTimeOver());
    now = at;
  }

  private String permit() {
    return fleet.getPermits().get(0).getId();
  }

  private boolean calls(Outcome outcome) {
    Admission admission = circuit.admit(now);
    if (admission instanceof Admission.Granted granted) {
      circuit.ended(granted, outcome, 0, now);
      return true;
    }
    return false;
  }

  private void failures(int number) {
    for (int call = 0; call < number; call++) {
      calls(Outcomes.down());
    }
  }

  private Optional<CircuitEvidence> due() {
    return circuit.sleeps(now) ? Optional.empty() : circuit.due(now);
  }

  private static void assertRefused(Admission admission, String... words) {
    assertThat(admission).isInstanceOf(Admission.Refused.class);
    String reason = ((Admission.Refused) admission).reason();
    assertThat(Stream.of(words)).allSatisfy(word -> assertThat(reason).contains(word));
  }

  @Test
  void shouldStopCallingAtOnceOnItsOwnEvidence() {
    failures(4);
    assertThat(circuit.admit(now)).isSameAs(Admission.CALL);

    failures(1);

    assertRefused(
        circuit.admit(now), "circuit notion is OPEN in this instance since", "5 failures in a row");
    assertThat(circuit.refuses(now)).isTrue();
    assertThat(due().orElseThrow().getLocalState()).isEqualTo(CircuitState.OPEN);
  }

  @Test
  void shouldProbeAndCloseByItselfWhileTheFleetGoesOn() {
    failures(5);
    now += 30_000;

    assertThat(circuit.refuses(now)).isFalse();
    assertThat(calls(Outcomes.succeeded())).isTrue();
    assertThat(calls(Outcomes.succeeded())).isTrue();

    assertThat(circuit.admit(now)).isSameAs(Admission.CALL);
    assertThat(due().orElseThrow().getLocalState()).isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void shouldOpenAgainForLongerWhenItsOwnProbeFails() {
    failures(5);
    now += 30_000;

    assertThat(calls(Outcomes.down())).isTrue();

    assertThat(circuit.refuses(now + 59_999)).isTrue();
    assertThat(circuit.refuses(now + 60_000)).isFalse();
  }

  @Test
  void shouldFollowTheFleet() {
    fleet(new CircuitEvent.ThresholdCrossed("20 failures in a row"));
    assertRefused(circuit.admit(now), "is OPEN since", "until", "20 failures in a row");

    fleet(new CircuitEvent.OperatorReset("ann", null));
    assertThat(circuit.admit(now)).isSameAs(Admission.CALL);

    fleet(new CircuitEvent.OperatorForcedOpen("ann", "maintenance"));
    assertRefused(circuit.admit(now), "FORCED_OPEN", "ann: maintenance");

    fleet(new CircuitEvent.OperatorDisabled("ann", null));
    failures(50);
    assertThat(circuit.admit(now)).isSameAs(Admission.CALL);
  }

  @Test
  void shouldStartAfreshWhenTheFleetDecides() {
    failures(5);

    fleet(new CircuitEvent.OperatorReset("ann", null));

    failures(4);
    assertThat(circuit.admit(now)).isSameAs(Admission.CALL);
    assertThat(circuit.due(now + 50).orElseThrow().getRecentFailures()).hasSize(4);
  }

  @Test
  void shouldNotListenToCallsThatWereStartedBeforeTheFleetsDecision() {
    fleet(new CircuitEvent.OperatorReset("ann", null));
    circuit.due(now);
    for (int call = 0; call < 9; call++) {
      circuit.ended(Admission.CALL, Outcomes.timedOut(), 10_000, now + 5_000);
    }

    assertThat(circuit.admit(now + 5_000)).isSameAs(Admission.CALL);
  }

  @Test
  void shouldUseEachPermitOnceAndReportWhatCameOfIt() {
    fleetHalfOpen();
    assertRefused(circuit.admit(now), "HALF_OPEN");
    fleet(new CircuitEvent.Demanded(INSTANCE));
    fleet(new CircuitEvent.Demanded("another"));

    assertThat(circuit.refuses(now)).isFalse();
    var granted = (Admission.Granted) circuit.admit(now);
    assertThat(granted.permit()).contains(permit());
    assertRefused(circuit.admit(now));
    circuit.decided(fleet);
    assertRefused(circuit.admit(now));
    circuit.ended(granted, Outcomes.down(), 10, now + 10);

    assertThat(circuit.due(now + 10).orElseThrow().getProbes())
        .containsExactly(new ProbeReport(permit(), false, true, "SERVER_ERROR HTTP 503"));
  }

  @Test
  void shouldNotUseAPermitThatHasLapsedButGiveItBack() {
    fleetHalfOpen();
    circuit.admit(now);
    fleet(new CircuitEvent.Demanded(INSTANCE));
    now = fleet.getPermits().get(0).getUsableUntil().toEpochMilli();

    CircuitEvidence told = due().orElseThrow();

    assertThat(told.getProbes()).containsExactly(new ProbeReport(permit(), null, false, null));
    assertThat(told.getDemand()).as("the next request may come any time").isTrue();
    assertRefused(circuit.admit(now));
  }

  @Test
  void shouldTellWhatCameOfAProbeUntilTheCoordinatorHasTakenItIn() {
    fleetHalfOpen();
    fleet(new CircuitEvent.Demanded(INSTANCE));
    calls(Outcomes.succeeded());
    assertThat(due().orElseThrow().getProbes()).hasSize(1);
    now += 1_000;
    assertThat(due().orElseThrow().getProbes()).as("in case the signal was lost").hasSize(1);

    fleet(new CircuitEvent.ProbeReported(permit(), Optional.of(true), null));

    assertThat(circuit.due(now + 1_000).orElseThrow().getProbes()).isEmpty();
  }

  @Test
  void shouldSayThatAnAbandonedProbeSaysNothing() {
    fleetHalfOpen();
    fleet(new CircuitEvent.Demanded(INSTANCE));

    circuit.abandoned((Admission.Granted) circuit.admit(now));

    assertThat(due().orElseThrow().getProbes())
        .containsExactly(new ProbeReport(permit(), null, true, null));
  }

  @Test
  void shouldGiveThePermitOfACallThatWasNotMadeToTheNext() {
    fleetHalfOpen();
    fleet(new CircuitEvent.Demanded(INSTANCE));
    var first = (Admission.Granted) circuit.admit(now);
    assertRefused(circuit.admit(now));

    circuit.notUsed(first, now);

    assertThat(circuit.admit(now)).isEqualTo(first);
    assertThat(due().map(CircuitEvidence::getProbes).orElse(List.of())).isEmpty();
  }

  @Test
  void shouldGiveItsOwnPermitBackWhereTheFleetIsClosed() {
    failures(5);
    now += 30_000;
    var first = (Admission.Granted) circuit.admit(now);

    for (int call = 0; call < 20; call++) {
      circuit.notUsed(first, now);
      first = (Admission.Granted) circuit.admit(now);
    }

    assertThat(first.permit()).isPresent();
  }

  @Test
  void shouldLeaveProbesToHealthCallsWhereTheServiceHasThem() {
    circuit = circuit(true);
    fleetHalfOpen();
    fleet(new CircuitEvent.Demanded(INSTANCE));

    assertRefused(circuit.admit(now));
    assertThat(circuit.takeHealthPermits(now)).containsExactly(permit());
    assertThat(circuit.takeHealthPermits(now)).isEmpty();
    circuit.healthCallEnded(permit(), Outcomes.succeeded());

    assertThat(due().orElseThrow().getProbes())
        .containsExactly(new ProbeReport(permit(), true, true, null));
  }

  @Test
  void shouldCloseItsOwnCircuitByHealthCallsWithoutAnyRequest() {
    circuit = circuit(true);
    failures(5);
    due();
    now += 30_000;

    assertThat(circuit.sleeps(now)).isFalse();
    for (String permit : circuit.takeHealthPermits(now)) {
      circuit.healthCallEnded(permit, Outcomes.succeeded());
    }
    circuit.due(now);

    assertThat(circuit.admit(now)).isSameAs(Admission.CALL);
  }

  @Test
  void shouldReportDemandAtOnceAndUntilTheCircuitIsClosedAgain() {
    fleet(new CircuitEvent.ThresholdCrossed("failures"));
    assertThat(due()).isEmpty();

    circuit.admit(now);
    assertThat(due().orElseThrow().getDemand()).isTrue();
    assertThat(due()).isEmpty();
    now += 1_000;
    assertThat(due().orElseThrow().getDemand()).as("heartbeat").isTrue();

    fleet(new CircuitEvent.OperatorReset("ann", null));
    now += 1_000;
    assertThat(due().map(CircuitEvidence::getDemand).orElse(false)).isFalse();
  }

  @Test
  void shouldTellNothingWhileNothingHappens() {
    assertThat(circuit.sleeps(Long.MAX_VALUE - 1)).isTrue();
    circuit.admit(now);
    assertThat(circuit.sleeps(Long.MAX_VALUE - 1)).isTrue();
  }

  @Test
  void shouldTellOfSuccessesOnceASecondAndOfFailuresSoon() {
    calls(Outcomes.succeeded());
    assertThat(circuit.sleeps(now + 49)).isTrue();
    assertThat(circuit.due(now + 50)).as("so that it is known to call").isPresent();
    now += 50;
    calls(Outcomes.succeeded());
    assertThat(circuit.sleeps(now + 999)).isTrue();
    assertThat(circuit.due(now + 1_000).orElseThrow().getSlices()).hasSize(1);

    now += 1_100;
    calls(Outcomes.down());
    assertThat(circuit.sleeps(now + 49)).isTrue();
    assertThat(circuit.due(now + 50).orElseThrow().getRecentFailures()).containsExactly(now);
    assertThat(circuit.sleeps(now + 1_049)).isTrue();
    assertThat(circuit.due(now + 1_050)).as("in case the signal was lost").isPresent();
  }

  @Test
  void shouldStopTellingWhenFailuresHaveLeftTheWindow() {
    failures(1);
    for (int second = 0; second < 62; second++) {
      now += 1_000;
      due();
    }

    assertThat(circuit.sleeps(Long.MAX_VALUE - 1)).isTrue();
  }

  @Test
  void shouldTakeAStateOfANewerVersionForClosed() {
    circuit.decided(
        CircuitStatus.newBuilder(fleet).setState(CircuitState.UNKNOWN).setVersion(7).build());

    assertThat(circuit.admit(now)).isSameAs(Admission.CALL);
    failures(5);
    assertRefused(circuit.admit(now));
  }

  @Test
  void shouldCountRefusalsProbesAndTransitions() {
    fleetHalfOpen();
    fleet(new CircuitEvent.Demanded(INSTANCE));
    circuit.admit(now);
    circuit.admit(now);

    assertThat(count("backstop.circuit.refusals")).isEqualTo(1);
    assertThat(count("backstop.circuit.probes")).isEqualTo(1);
    assertThat(count("backstop.circuit.transitions")).isEqualTo(2);
  }

  @Test
  void shouldNotCountTransitionsFromBeforeItsStart() {
    var meter = new CircuitMeter("slack", new ActionMetrics(meters), now + 1);
    var later =
        new LocalCircuit(
            "slack",
            INSTANCE,
            new CurrentRules("slack", SampleRules.policies(), scope -> false),
            meter);

    later.decided(
        Circuit.apply(fleet, new CircuitEvent.ThresholdCrossed("failures"), RULES, now).status());

    assertThat(count("backstop.circuit.transitions")).isZero();
  }

  @Test
  void shouldCountTheCallsThatItStartedBeforeItKnewThatTheFleetHadOpened() {
    CircuitStatus opened =
        Circuit.apply(fleet, new CircuitEvent.ThresholdCrossed("failures"), RULES, now).status();
    now += 20;
    calls(Outcomes.down());
    var inFlight = (Admission.Granted) circuit.admit(now);

    circuit.decided(opened);
    circuit.ended(inFlight, Outcomes.down(), 30, now + 30);

    assertThat(count("backstop.circuit.leaked.calls")).isEqualTo(2);
  }

  private double count(String meter) {
    return meters.get(meter).counters().stream().mapToDouble(each -> each.count()).sum();
  }
}
