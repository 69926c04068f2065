package io.backstop.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.CircuitEvidence;
import io.backstop.action.CircuitState;
import io.backstop.action.FleetSignal;
import io.backstop.action.Outcome;
import io.backstop.action.ProbePermit;
import io.backstop.config.CircuitSettings;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetEvidenceTest {
  private static final long VERSION = 3;

  private final FleetEvidence evidence = new FleetEvidence();
  private final Map<String, CallWindow> windows = new HashMap<>();
  private CircuitSettings settings = SampleRules.settings();
  private long version = VERSION;
  private long now = 1_000_000;
  private long sequence;

  private void calls(String instance, Outcome... outcomes) {
    CallWindow window = windows.computeIfAbsent(instance, name -> new CallWindow());
    for (Outcome outcome : outcomes) {
      window.record(outcome, 20, settings, now);
    }
    evidence.take(signal(instance, told(window).build()), now);
  }

  private void failures(String instance, int number) {
    Outcome[] outcomes = new Outcome[number];
    java.util.Arrays.fill(outcomes, Outcomes.down());
    calls(instance, outcomes);
  }

  private void stops(String instance) {
    evidence.take(
        signal(instance, told(new CallWindow()).setLocalState(CircuitState.OPEN).build()), now);
  }

  private void waits(String instance) {
    evidence.take(signal(instance, told(new CallWindow()).setDemand(true).build()), now);
  }

  private CircuitEvidence.Builder told(CallWindow window) {
    var success = window.lastSuccessAt();
    return CircuitEvidence.newBuilder()
        .setFleetVersion(version)
        .setSlices(window.slices(settings, now))
        .setLastSuccessAt(success.isPresent() ? Instant.ofEpochMilli(success.getAsLong()) : null)
        .setRecentFailures(window.recentFailures())
        .setLocalState(CircuitState.CLOSED);
  }

  private FleetSignal signal(String instance, CircuitEvidence told) {
    return new FleetSignal(
        instance, "notion", ++sequence, Instant.ofEpochMilli(now), false, told, null, null, null);
  }

  private boolean crossed() {
    return evidence.crossed(VERSION, settings, now).isPresent();
  }

  @Test
  void shouldAddUpTheFailuresOfAllInstances() {
    failures("a", 2);
    failures("b", 2);
    assertThat(crossed()).isFalse();

    failures("c", 1);

    assertThat(crossed()).isTrue();
  }

  @Test
  void shouldCountOnlyFailuresSinceTheLastSuccessOfAnyInstance() {
    failures("a", 4);
    now += 10;
    calls("b", Outcomes.succeeded(), Outcomes.down());
    assertThat(crossed()).isFalse();

    failures("b", 3);
    now += 10;
    failures("a", 1);

    assertThat(crossed()).as("4 of b and 1 of a, after b's success").isTrue();
  }

  @Test
  void shouldNotOpenOnTheEvidenceOfOneWhereTwoCall() {
    calls("b", Outcomes.succeeded());
    now += 10;

    failures("a", 50);

    assertThat(crossed()).isFalse();
    settings = SampleRules.settings("min-instances", "1");
    assertThat(crossed()).isTrue();
  }

  @Test
  void shouldTakeABadInstanceThatStartsAgainAndAgainForOne() {
    failures("bad-first-start", 5);
    stops("bad-first-start");
    now += 10_000;
    calls("good", Outcomes.succeeded());
    now += 10;

    failures("bad-second-start", 5);
    assertThat(crossed()).as("failures of two starts").isFalse();
    stops("bad-second-start");
    assertThat(crossed()).as("two starts stopped").isFalse();

    stops("good");
    assertThat(crossed()).as("two instances stopped").isTrue();
  }

  @Test
  void shouldOpenOnTheEvidenceOfTheOnlyOneThatCalls() {
    failures("a", 5);

    assertThat(evidence.crossed(VERSION, settings, now))
        .contains("5 failures in a row within 60 s, in 1 instance");
  }

  @Test
  void shouldNotOpenForAllBecauseTheBadInstanceNoLongerCalls() {
    calls("b", Outcomes.succeeded());
    stops("a");
    now += 50_000;
    calls("b", Outcomes.succeeded());
    stops("a");
    now += 50_000;
    calls("b", Outcomes.succeeded());

    assertThat(crossed()).isFalse();
    stops("a");
    stops("b");
    assertThat(evidence.crossed(VERSION, settings, now))
        .contains("2 instances stopped calling on their own evidence");
  }

  @Test
  void shouldAddUpSharesOfAllInstances() {
    settings = SampleRules.settings("trip-on", "failure-rate", "min-calls", "10");
    calls("a", Outcomes.down(), Outcomes.down(), Outcomes.down(), Outcomes.succeeded());
    calls("b", Outcomes.down(), Outcomes.succeeded(), Outcomes.succeeded());
    assertThat(crossed()).as("7 calls are too few").isFalse();

    calls("b", Outcomes.down(), Outcomes.succeeded(), Outcomes.down());

    assertThat(evidence.crossed(VERSION, settings, now))
        .contains("6 of 10 calls (60%) failed within 60 s, in 2 instances");
  }

  @Test
  void shouldIgnoreWhatAnInstanceSaidBeforeItKnewOfTheLastDecision() {
    version = VERSION - 1;
    failures("a", 5);
    failures("b", 5);
    stops("c");

    assertThat(crossed()).isFalse();
    assertThat(evidence.stoppedBy(now, VERSION)).isEmpty();
  }

  @Test
  void shouldKeepTheLatestOfEachInstance() {
    CallWindow empty = new CallWindow();
    FleetSignal late = signal("a", told(empty).setLocalState(CircuitState.OPEN).build());
    failures("a", 1);

    assertThat(evidence.take(late, now)).isFalse();
    assertThat(evidence.anyHasStopped()).isFalse();
  }

  @Test
  void shouldForgetInstancesThatAreSilentForAsLongAsCallsCount() {
    failures("a", 5);
    now += 60_000;
    evidence.forgetSilent(settings, now);

    assertThat(evidence.knows("a")).isFalse();
    assertThat(crossed()).isFalse();
  }

  @Test
  void shouldLetTheInstanceHeardLastProbeOfThoseWithFewestPermits() {
    waits("a");
    now += 10;
    waits("b");
    failures("c", 1);

    assertThat(evidence.nextProber(VERSION, List.of(), now)).contains("b");
    var at = Instant.ofEpochMilli(now);
    var held = List.of(new ProbePermit("1", "b", at, at));
    assertThat(evidence.nextProber(VERSION, held, now)).contains("a");
  }

  @Test
  void shouldGiveASilentInstanceNoPermitUnlessThereIsNoOther() {
    waits("a");
    now += 3_000;
    assertThat(evidence.nextProber(VERSION, List.of(), now)).contains("a");

    waits("b");
    var at = Instant.ofEpochMilli(now);
    var held = List.of(new ProbePermit("1", "b", at, at));

    assertThat(evidence.nextProber(VERSION, held, now)).contains("b");
  }

  @Test
  void shouldTakeDemandFromBeforeThePeriodForDemand() {
    version = VERSION - 1;
    waits("a");
    assertThat(evidence.nextProber(VERSION, List.of(), now)).contains("a");
    assertThat(evidence.nextProber(VERSION + 1, List.of(), now)).isEmpty();
  }

  @Test
  void shouldGiveTheStatisticsOfAll() {
    calls("a", Outcomes.succeeded(), Outcomes.down());
    calls("b", Outcomes.succeeded());

    var statistics = evidence.statistics(settings, now);

    assertThat(statistics.getCalls()).isEqualTo(3);
    assertThat(statistics.getFailures()).isEqualTo(1);
    assertThat(statistics.getMeanMs()).isEqualTo(20.0);
    assertThat(statistics.getInstances()).isEqualTo(2);
    assertThat(statistics.getWindowMs()).isEqualTo(60_000);
  }
}
