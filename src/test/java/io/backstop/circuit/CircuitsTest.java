package io.backstop.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Admission;
import io.backstop.action.CircuitStatus;
import io.backstop.action.FailureClass;
import io.backstop.action.FleetSignal;
import io.backstop.action.FleetState;
import io.backstop.action.HealthProbe;
import io.backstop.action.Outcome;
import io.backstop.action.ProbeReport;
import io.backstop.metrics.ActionMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitsTest {
  private static final String INSTANCE = "i-1";
  private static final CircuitRules RULES = SampleRules.with();

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<CompletableFuture<Outcome>> healthCalls = new ArrayList<>();
  private final List<Duration> timeouts = new ArrayList<>();
  private final Circuits circuits =
      new Circuits(
          INSTANCE,
          SampleRules.policies(),
          scope -> scope.equals("notion") ? Optional.of(probe()) : Optional.empty(),
          new ActionMetrics(meters));
  private CircuitStatus fleet = Circuit.untouched(0);
  private long now = 1_000_000;

  @BeforeEach
  void callNotion() {
    circuits.of("notion");
  }

  private HealthProbe probe() {
    return timeout -> {
      var call = new CompletableFuture<Outcome>();
      healthCalls.add(call);
      timeouts.add(timeout);
      return call;
    };
  }

  private void fleet(CircuitEvent event) {
    fleet = Circuit.apply(fleet, event, RULES, now).status();
    var written = Instant.ofEpochMilli(now);
    circuits.changed(
        "notion", FleetState.newBuilder().setWrittenAt(written).setCircuit(fleet).build());
  }

  private void halfOpenWithPermit() {
    fleet(new CircuitEvent.ThresholdCrossed("failures"));
    now = fleet.getOpenUntil().toEpochMilli();
    fleet(new CircuitEvent.OpenTimeOver());
    fleet(new CircuitEvent.Demanded(INSTANCE));
  }

  private String permit() {
    return fleet.getPermits().get(0).getId();
  }

  private List<ProbeReport> reports() {
    return circuits.due(now).stream()
        .flatMap(signal -> signal.getCircuit().getProbes().stream())
        .toList();
  }

  @Test
  void shouldMakeOneHealthCallPerPermit() {
    halfOpenWithPermit();

    circuits.due(now);
    circuits.due(now + 10);
    fleet(new CircuitEvent.Demanded("another"));
    circuits.due(now + 20);

    assertThat(healthCalls).hasSize(1);
    assertThat(timeouts).containsExactly(Duration.ofSeconds(2));
    healthCalls.get(0).complete(Outcomes.succeeded());
    assertThat(reports()).containsExactly(new ProbeReport(permit(), true, true, null));
    assertThat(circuits.due(now)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SERVER_ERROR, false",
    "NETWORK, false",
    "AUTHENTICATION, true",
    "RATE_LIMITED, true",
    "INTERNAL, ",
  })
  void shouldTakeAnyAnswerOfTheServiceForASignOfLife(FailureClass failure, Boolean succeeded) {
    halfOpenWithPermit();
    circuits.due(now);

    healthCalls.get(0).complete(Outcomes.permanent(failure));

    assertThat(reports()).extracting(ProbeReport::getSucceeded).containsExactly(succeeded);
  }

  @Test
  void shouldLearnNothingFromAHealthCallThatWasNotMade() {
    halfOpenWithPermit();
    circuits.due(now);

    healthCalls.get(0).complete(Outcomes.rejected());

    assertThat(reports()).containsExactly(new ProbeReport(permit(), null, true, null));
  }

  @Test
  void shouldTakeATimeoutOfAHealthCallForAFailure() {
    halfOpenWithPermit();
    circuits.due(now);

    healthCalls.get(0).complete(Outcomes.timedOut());

    assertThat(reports())
        .containsExactly(new ProbeReport(permit(), false, true, "no answer within 2 s"));
  }

  @Test
  void shouldNumberItsSignalsAndSayGoodbyeWhereItHasSpoken() {
    circuits.of("slack").admit(now);
    circuits.of("trello").ended(Admission.CALL, Outcomes.down(), 5, now);
    circuits.of("notion").ended(Admission.CALL, Outcomes.down(), 5, now);
    List<FleetSignal> spoken = circuits.due(now + 50);

    List<FleetSignal> goodbyes = circuits.leaving(now + 60);

    assertThat(spoken).extracting(FleetSignal::getSequence).containsExactly(1L, 2L);
    assertThat(goodbyes)
        .extracting(FleetSignal::getScope)
        .containsExactlyInAnyOrder("notion", "trello");
    assertThat(goodbyes)
        .allSatisfy(
            signal -> {
              assertThat(signal.getLeaving()).isTrue();
              assertThat(signal.getInstance()).isEqualTo(INSTANCE);
              assertThat(signal.getSequence()).isGreaterThan(2);
            });
  }

  @Test
  void shouldTakeAForgottenDecisionForNone() {
    fleet(new CircuitEvent.ThresholdCrossed("failures"));
    assertThat(circuits.of("notion").refuses(now)).isTrue();

    circuits.changed("notion", null);

    assertThat(circuits.of("notion").admit(now)).isEqualTo(Admission.CALL);
  }

  @Test
  void shouldShowTheStateAsOneGaugePerState() {
    fleet(new CircuitEvent.ThresholdCrossed("failures"));

    assertThat(gauge("OPEN")).isEqualTo(1);
    assertThat(gauge("CLOSED")).isZero();
  }

  private double gauge(String state) {
    return meters
        .get("backstop.circuit.state")
        .tags("scope", "notion", "state", state)
        .gauge()
        .value();
  }

  @Test
  void shouldShowNoCircuitOfAScopeThatIsNotCalledHere() {
    circuits.changed(
        "gone",
        FleetState.newBuilder()
            .setWrittenAt(Instant.ofEpochMilli(now))
            .setCircuit(Circuit.untouched(0))
            .build());

    assertThat(circuits.states()).containsOnlyKeys("notion");
    assertThat(meters.find("backstop.circuit.state").tag("scope", "gone").meters()).isEmpty();
  }
}
