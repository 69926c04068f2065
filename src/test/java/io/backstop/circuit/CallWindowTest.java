package io.backstop.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.CallCounts;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.config.CircuitSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CallWindowTest {
  private static final long START = 1_000_000;

  private final CallWindow window = new CallWindow();
  private CircuitSettings settings = SampleRules.settings();

  private void calls(int number, Outcome outcome, long durationMs, long now) {
    for (int call = 0; call < number; call++) {
      window.record(outcome, durationMs, settings, now);
    }
  }

  @Test
  void shouldCrossAtTheThresholdOfFailuresInARow() {
    calls(4, Outcomes.down(), 10, START);
    assertThat(window.crossed(settings, START)).isEmpty();

    calls(1, Outcomes.timedOut(), 10, START);

    assertThat(window.crossed(settings, START)).contains("5 failures in a row within 60 s");
  }

  @Test
  void shouldBeginToCountAnewAfterASuccess() {
    calls(4, Outcomes.down(), 10, START);
    calls(1, Outcomes.succeeded(), 10, START);
    calls(4, Outcomes.down(), 10, START);

    assertThat(window.crossed(settings, START)).isEmpty();
    assertThat(window.recentFailures()).hasSize(4);
  }

  @Test
  void shouldLetFailuresThatSayNothingNeitherCountNorInterrupt() {
    calls(4, Outcomes.down(), 10, START);
    calls(9, Outcomes.permanent(FailureClass.VALIDATION), 10, START);
    calls(1, Outcomes.down(), 10, START);

    assertThat(window.crossed(settings, START)).isPresent();
  }

  @Test
  void shouldForgetFailuresThatAreOlderThanTheWindow() {
    calls(4, Outcomes.down(), 10, START);
    calls(1, Outcomes.down(), 10, START + 60_000);

    assertThat(window.crossed(settings, START + 60_000)).isEmpty();
  }

  @Test
  void shouldCrossAtTheShareOfFailuresLeavingNeutralCallsOut() {
    settings = SampleRules.settings("trip-on", "failure-rate", "min-calls", "10");
    calls(5, Outcomes.succeeded(), 10, START);
    calls(50, Outcomes.permanent(FailureClass.NOT_FOUND), 10, START);
    calls(4, Outcomes.down(), 10, START);
    assertThat(window.crossed(settings, START)).isEmpty();

    calls(1, Outcomes.down(), 10, START);

    assertThat(window.crossed(settings, START)).contains("5 of 10 calls (50%) failed within 60 s");
  }

  @Test
  void shouldCrossAtTheShareOfSlowCallsWhateverTheirOutcome() {
    settings = SampleRules.settings("trip-on", "slow-call-rate", "min-calls", "10");
    calls(2, Outcomes.succeeded(), 10, START);
    calls(4, Outcomes.succeeded(), 5_000, START);
    calls(4, Outcomes.permanent(FailureClass.NOT_FOUND), 6_000, START);

    assertThat(window.crossed(settings, START))
        .contains("8 of 10 calls (80%) took 5 s or more within 60 s");
  }

  @Test
  void shouldNotCountWhatWasNeverCalled() {
    calls(3, Outcomes.rejected(), 0, START);

    assertThat(window.slices(settings, START)).isEmpty();
  }

  @Test
  void shouldSurviveAnyChangeOfTheWindowsLength() {
    CircuitSettings minute = settings;
    CircuitSettings second = SampleRules.settings("window", "1s");
    CircuitSettings hour = SampleRules.settings("window", "1h");
    calls(3, Outcomes.down(), 10, START);
    settings = second;
    calls(1, Outcomes.succeeded(), 10, START + 2_000);
    settings = hour;
    calls(2, Outcomes.down(), 10, START + 2_050);

    assertThat(sum(window.slices(hour, START + 2_050))).isEqualTo(3);
    assertThat(sum(window.slices(minute, START + 62_050))).isZero();
  }

  @Test
  void shouldKeepAHistogramThatIsExactToATenth() {
    calls(99, Outcomes.succeeded(), 20, START);
    calls(1, Outcomes.succeeded(), 0, START);
    CallCounts slice = window.slices(settings, START).get(0);
    var times = new DurationHistogram();
    times.add(slice.getHistogram());

    assertThat(times.quantileMs(0.99)).isBetween(18.0, 22.0);
    assertThat(slice.getHistogram().get(0)).isEqualTo(1);
    assertThat(slice.getTotalMs()).isEqualTo(99 * 20);
  }

  @Property(tries = 200)
  void shouldCountAsANaiveModelDoes(@ForAll long seed) {
    record Call(long at, Outcome outcome) {}
    var random = new Random(seed);
    var rate = SampleRules.settings("trip-on", "failure-rate", "min-calls", "5", "window", "10s");
    var model = new ArrayList<Call>();
    var fresh = new CallWindow();
    long now = START;

    for (int step = 0; step < 200; step++) {
      now += 1_000L * random.nextInt(random.nextInt(10) == 0 ? 12 : 2);
      var outcome = random.nextInt(2) == 0 ? Outcomes.succeeded() : Outcomes.down();
      fresh.record(outcome, 5, rate, now);
      model.add(new Call(now, outcome));

      // a slice lasts one second here and times are whole seconds, so both see the same calls
      long from = now - Duration.ofSeconds(10).toMillis();
      List<Call> within = model.stream().filter(call -> call.at() > from).toList();
      long failures = within.stream().filter(c -> c.outcome().equals(Outcomes.down())).count();
      assertThat(sum(fresh.slices(rate, now))).isEqualTo(within.size());
      assertThat(fresh.crossed(rate, now).isPresent())
          .isEqualTo(within.size() >= 5 && failures * 2 >= within.size());
    }
  }

  private static long sum(List<CallCounts> slices) {
    return slices.stream().mapToLong(CallCounts::getCalls).sum();
  }
}
