package io.backstop.torture;

import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.torture.Violation.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** A run as a test would have it, for the checker to judge. */
abstract class StagedRun {
  static final String PAGE = "notion:createPage";
  static final String CARD = "trello:createCard";
  static final String TASK = "google-tasks:create";

  /** Long after the start of all time, in milliseconds. */
  static final long T = 1_000_000;

  final List<Published> published = new ArrayList<>();
  final List<Recorded> outcomes = new ArrayList<>();
  final List<ServiceCall> calls = new ArrayList<>();
  final List<OpenTime> open = new ArrayList<>();
  final List<Disturbance> disturbances = new ArrayList<>();
  final List<Violation> seen = new ArrayList<>();
  Toll blows = new Toll(Map.of("kill", 1), List.of());

  /** In each run something is asked for and done. */
  @BeforeEach
  void doSomething() {
    publish("r-any", "k-any");
    succeed("r-any", "k-any", attempt(PAGE, T, AttemptOutcome.SUCCEEDED));
    call(0, PAGE, "k-any", T + 1);
  }

  void publish(String id, String key) {
    published.add(new Published(coordinates(id), id, Optional.of(key)));
  }

  void publishPoison(String id) {
    published.add(new Published(coordinates(id), id, Optional.empty()));
  }

  void succeed(String id, String key, Attempt... attempts) {
    outcomes.add(result(id, key, Optional.empty(), List.of(attempts)));
  }

  void duplicate(String id, String key, String of) {
    outcomes.add(result(id, key, Optional.of(of), List.of()));
  }

  static Recorded result(
      String id, String key, Optional<String> duplicateOf, List<Attempt> attempts) {
    return new Recorded(
        Optional.empty(),
        Optional.of(id),
        Optional.of(key),
        duplicateOf,
        Optional.of(PAGE),
        attempts);
  }

  void letter(String id, String key, Attempt... attempts) {
    outcomes.add(
        new Recorded(
            Optional.of(coordinates(id)),
            Optional.empty(),
            Optional.ofNullable(key),
            Optional.empty(),
            Optional.ofNullable(key).map(k -> PAGE),
            List.of(attempts)));
  }

  static String coordinates(String id) {
    return "requests-0-" + id;
  }

  static Attempt attempt(String target, long at, AttemptOutcome outcome) {
    return Attempt.newBuilder()
        .setTarget(target)
        .setNumber(1)
        .setStartedAt(Instant.ofEpochMilli(at))
        .setDurationMs(10)
        .setOutcome(outcome)
        .build();
  }

  void call(int processor, String target, String key, long at) {
    calls.add(new ServiceCall(processor, target, key, at));
  }

  void disturb(Disturbance.Kind kind, int processor, long from, long until) {
    disturbances.add(new Disturbance(kind, processor, from, until));
  }

  List<Kind> kinds() {
    return check().violations().stream().map(Violation::kind).toList();
  }

  Verdict check() {
    return Checker.check(
        new Evidence(
            published,
            outcomes,
            calls,
            open,
            disturbances,
            Map.of(PAGE, List.of(CARD, TASK)),
            seen,
            blows));
  }
}
