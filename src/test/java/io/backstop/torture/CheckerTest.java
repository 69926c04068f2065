package io.backstop.torture;

import static io.backstop.torture.Disturbance.Kind.BROKER_AWAY;
import static io.backstop.torture.Disturbance.Kind.FROZEN;
import static io.backstop.torture.Disturbance.Kind.JOINED;
import static io.backstop.torture.Disturbance.Kind.KILLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.torture.Violation.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The checker finds each kind of violation, and nothing in a run in which all is well. */
class CheckerTest {
  private static final String PAGE = "notion:createPage";
  private static final String CARD = "trello:createCard";
  private static final String TASK = "google-tasks:create";

  /** Long after the start of all time, in milliseconds. */
  private static final long T = 1_000_000;

  private final List<Published> published = new ArrayList<>();
  private final List<Recorded> outcomes = new ArrayList<>();
  private final List<ServiceCall> calls = new ArrayList<>();
  private final List<OpenTime> open = new ArrayList<>();
  private final List<Disturbance> disturbances = new ArrayList<>();
  private final List<String> gaveUp = new ArrayList<>();

  @Test
  void shouldFindNothingWhereEachHasItsOutcome() {
    publish("r-0", "k-0");
    publish("r-1", "k-0");
    publish("r-2", "k-2");
    publishPoison("r-3");
    succeed("r-0", "k-0", attempt(PAGE, T, AttemptOutcome.SUCCEEDED));
    duplicate("r-1", "k-0", "r-0");
    letter("r-2", "k-2", attempt(PAGE, T, AttemptOutcome.PERMANENT));
    letter("r-3", null);
    call(0, PAGE, "k-0", T + 1);
    call(1, PAGE, "k-2", T + 1);

    Verdict verdict = check();

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.requests()).isEqualTo(4);
    assertThat(verdict.keys()).isEqualTo(2);
    assertThat(verdict.results()).isEqualTo(2);
    assertThat(verdict.duplicates()).isEqualTo(1);
    assertThat(verdict.deadLetters()).isEqualTo(2);
    assertThat(verdict.calls()).isEqualTo(2);
    assertThat(verdict.repeats()).isEqualTo(new Verdict.Repeats(0, 0, 0));
  }

  @Test
  void shouldFindALostRequestAndLostPoison() {
    publish("r-0", "k-0");
    publishPoison("r-1");

    assertThat(kinds()).containsExactly(Kind.LOST, Kind.LOST);
  }

  @Test
  void shouldFindARequestWithTwoResultsAndOneWithResultAndLetter() {
    publish("r-0", "k-0");
    publish("r-1", "k-0");
    succeed("r-0", "k-0");
    duplicate("r-1", "k-0", "r-0");
    duplicate("r-1", "k-0", "r-0");
    publish("r-2", "k-2");
    succeed("r-2", "k-2");
    letter("r-2", "k-2");

    assertThat(kinds())
        .containsExactlyInAnyOrder(
            Kind.RECORDED_TWICE, Kind.RECORDED_TWICE, Kind.KEY_WITH_TWO_OUTCOMES);
  }

  @Test
  void shouldFindAKeyWithTwoOutcomesOfTwoRequests() {
    publish("r-0", "k-0");
    publish("r-1", "k-0");
    succeed("r-0", "k-0");
    succeed("r-1", "k-0");

    assertThat(kinds()).containsExactly(Kind.KEY_WITH_TWO_OUTCOMES);
  }

  @Test
  void shouldFindADuplicateWhoseOriginalHasNoOutcome() {
    publish("r-0", "k-0");
    publish("r-1", "k-0");
    duplicate("r-0", "k-0", "r-1");
    duplicate("r-1", "k-0", "r-0");

    assertThat(kinds()).containsExactly(Kind.DUPLICATE_OF_NOTHING, Kind.DUPLICATE_OF_NOTHING);
  }

  @Test
  void shouldAcceptADuplicateOfADeadLetter() {
    publish("r-0", "k-0");
    publish("r-1", "k-0");
    letter("r-0", "k-0");
    duplicate("r-1", "k-0", "r-0");

    assertThat(kinds()).isEmpty();
  }

  @Test
  void shouldFindAnOutcomeOfWhatNobodyPublished() {
    succeed("r-9", "k-9");

    assertThat(kinds()).containsExactly(Kind.OUTCOME_OF_NOTHING);
  }

  @Test
  void shouldFindACallThatTheHistoryDoesNotKnow() {
    publish("r-0", "k-0");
    succeed("r-0", "k-0", attempt(PAGE, T, AttemptOutcome.SUCCEEDED));
    call(0, PAGE, "k-0", T + 5);
    call(0, PAGE, "k-0", T + 900);

    assertThat(kinds()).containsExactly(Kind.UNEXPLAINED_REPEAT);
  }

  @Test
  void shouldExplainACallThatWasLostWithItsProcessor() {
    publish("r-0", "k-0");
    succeed("r-0", "k-0", attempt(PAGE, T + 8_000, AttemptOutcome.SUCCEEDED));
    call(0, PAGE, "k-0", T);
    call(1, PAGE, "k-0", T + 8_003);
    disturb(KILLED, 0, T + 40, T + 40);

    Verdict verdict = check();

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.repeats().uncommitted()).isEqualTo(1);
  }

  @Test
  void shouldNotExplainARepeatByTheDeathOfAnotherProcessorOrByOneBeforeTheCall() {
    publish("r-0", "k-0");
    succeed("r-0", "k-0", attempt(PAGE, T + 8_000, AttemptOutcome.SUCCEEDED));
    call(0, PAGE, "k-0", T);
    call(1, PAGE, "k-0", T + 8_003);
    disturb(KILLED, 2, T + 40, T + 40);
    disturb(KILLED, 0, T - 40, T - 40);
    disturb(JOINED, 0, T - 40, T + 40);

    assertThat(kinds()).containsExactly(Kind.UNEXPLAINED_REPEAT);
  }

  @Test
  void shouldExplainCallsByAFrozenProcessorAndByABrokerThatIsAway() {
    publish("r-0", "k-0");
    succeed("r-0", "k-0", attempt(PAGE, T + 8_000, AttemptOutcome.SUCCEEDED));
    call(1, PAGE, "k-0", T + 8_003);
    call(0, PAGE, "k-0", T + 10_100);
    disturb(FROZEN, 0, T, T + 10_000);
    publish("r-1", "k-1");
    succeed("r-1", "k-1", attempt(PAGE, T + 90_000, AttemptOutcome.SUCCEEDED));
    call(2, PAGE, "k-1", T + 80_000);
    call(2, PAGE, "k-1", T + 90_001);
    disturb(BROKER_AWAY, Disturbance.ALL, T + 80_100, T + 85_000);

    Verdict verdict = check();

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.repeats().uncommitted()).isEqualTo(2);
  }

  @Test
  void shouldFindAnInterruptedCallWithoutACause() {
    publish("r-0", "k-0");
    succeed(
        "r-0",
        "k-0",
        attempt(PAGE, T, AttemptOutcome.INTERRUPTED),
        attempt(PAGE, T + 500, AttemptOutcome.SUCCEEDED));
    disturb(JOINED, 1, T + 501_000, T + 502_000);

    assertThat(kinds()).containsExactly(Kind.UNEXPLAINED_REPEAT);
  }

  @Test
  void shouldCountRepeatsAfterHandOverAndAfterTimeOut() {
    publish("r-0", "k-0");
    succeed(
        "r-0",
        "k-0",
        attempt(PAGE, T, AttemptOutcome.INTERRUPTED),
        attempt(PAGE, T + 500, AttemptOutcome.TIMED_OUT),
        attempt(PAGE, T + 3_000, AttemptOutcome.SUCCEEDED));
    call(0, PAGE, "k-0", T + 1);
    call(1, PAGE, "k-0", T + 501);
    call(1, PAGE, "k-0", T + 3_001);
    disturb(JOINED, 1, T + 100, T + 400);

    Verdict verdict = check();

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.repeats()).isEqualTo(new Verdict.Repeats(0, 1, 1));
  }

  @Test
  void shouldFindAHistoryThatGoesBackToAnEarlierStepAndAStepThatIsNotInTheStrategy() {
    publish("r-0", "k-0");
    succeed(
        "r-0",
        "k-0",
        attempt(PAGE, T, AttemptOutcome.RETRYABLE),
        attempt(TASK, T + 100, AttemptOutcome.RETRYABLE),
        attempt(CARD, T + 200, AttemptOutcome.SUCCEEDED));
    publish("r-1", "k-1");
    succeed("r-1", "k-1", attempt("slack:postMessage", T, AttemptOutcome.SUCCEEDED));

    assertThat(kinds()).containsExactly(Kind.OUT_OF_ORDER, Kind.OUT_OF_ORDER);
  }

  @Test
  void shouldFindACallToAnEarlierStepAfterOneToALaterStep() {
    publishCascade();
    call(0, PAGE, "k-0", T + 300);
    disturb(KILLED, 0, T + 310, T + 310);

    assertThat(kinds()).containsExactly(Kind.OUT_OF_ORDER);
  }

  @Test
  void shouldCountTheSameOfAProcessorThatWasFrozenAsAZombieCall() {
    publishCascade();
    call(0, PAGE, "k-0", T + 300);
    disturb(FROZEN, 0, T - 9_000, T + 290);

    Verdict verdict = check();

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.zombieCalls()).isEqualTo(1);
  }

  @Test
  void shouldFindACallToAServiceWhoseCircuitIsOpen() {
    publish("r-0", "k-0");
    succeed("r-0", "k-0", attempt(PAGE, T + 3_000, AttemptOutcome.SUCCEEDED));
    call(0, PAGE, "k-0", T + 3_001);
    open.add(new OpenTime("notion", T, T + 4_000));
    open.add(new OpenTime("trello", T, T + 4_000));

    assertThat(kinds()).containsExactly(Kind.BREAKER_LEAK);
  }

  @Test
  void shouldAllowCallsUntilTheNewsIsOutAndOnceProbesArePermitted() {
    publish("r-0", "k-0");
    succeed(
        "r-0",
        "k-0",
        attempt(PAGE, T + 100, AttemptOutcome.RETRYABLE),
        attempt(PAGE, T + 4_000, AttemptOutcome.SUCCEEDED));
    call(0, PAGE, "k-0", T + 101);
    call(0, PAGE, "k-0", T + 4_001);
    open.add(new OpenTime("notion", T, T + 4_000));

    assertThat(kinds()).isEmpty();
  }

  @Test
  void shouldFindAProcessorThatGaveUp() {
    gaveUp.add("processor 1 ended by itself");

    assertThat(kinds()).containsExactly(Kind.GAVE_UP);
  }

  private void publishCascade() {
    publish("r-0", "k-0");
    succeed(
        "r-0",
        "k-0",
        attempt(PAGE, T, AttemptOutcome.RETRYABLE),
        attempt(CARD, T + 100, AttemptOutcome.RETRYABLE),
        attempt(TASK, T + 400, AttemptOutcome.SUCCEEDED));
    call(0, PAGE, "k-0", T + 1);
    call(0, CARD, "k-0", T + 101);
    call(0, TASK, "k-0", T + 401);
  }

  private void publish(String id, String key) {
    published.add(new Published(coordinates(id), id, Optional.of(key)));
  }

  private void publishPoison(String id) {
    published.add(new Published(coordinates(id), id, Optional.empty()));
  }

  private void succeed(String id, String key, Attempt... attempts) {
    outcomes.add(result(id, key, Optional.empty(), List.of(attempts)));
  }

  private void duplicate(String id, String key, String of) {
    outcomes.add(result(id, key, Optional.of(of), List.of()));
  }

  private static Recorded result(
      String id, String key, Optional<String> duplicateOf, List<Attempt> attempts) {
    return new Recorded(
        Optional.empty(),
        Optional.of(id),
        Optional.of(key),
        duplicateOf,
        Optional.of(PAGE),
        attempts);
  }

  private void letter(String id, String key, Attempt... attempts) {
    outcomes.add(
        new Recorded(
            Optional.of(coordinates(id)),
            Optional.empty(),
            Optional.ofNullable(key),
            Optional.empty(),
            Optional.ofNullable(key).map(k -> PAGE),
            List.of(attempts)));
  }

  private static String coordinates(String id) {
    return "requests-0-" + id;
  }

  private static Attempt attempt(String target, long at, AttemptOutcome outcome) {
    return Attempt.newBuilder()
        .setTarget(target)
        .setNumber(1)
        .setStartedAt(Instant.ofEpochMilli(at))
        .setDurationMs(10)
        .setOutcome(outcome)
        .build();
  }

  private void call(int processor, String target, String key, long at) {
    calls.add(new ServiceCall(processor, target, key, at));
  }

  private void disturb(Disturbance.Kind kind, int processor, long from, long until) {
    disturbances.add(new Disturbance(kind, processor, from, until));
  }

  private List<Kind> kinds() {
    return check().violations().stream().map(Violation::kind).toList();
  }

  private Verdict check() {
    return Checker.check(
        new Evidence(
            published,
            outcomes,
            calls,
            open,
            disturbances,
            Map.of(PAGE, List.of(CARD, TASK)),
            gaveUp));
  }
}
