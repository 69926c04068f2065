package io.backstop.runtime;

import static io.backstop.simulator.EmulatedService.GOOGLE_TASKS;
import static io.backstop.simulator.EmulatedService.NOTION;
import static io.backstop.simulator.EmulatedService.TRELLO;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.StoreNames;
import io.backstop.action.TaskPayload;
import io.backstop.simulator.EmulatedService;
import io.backstop.simulator.RecordedCall;
import io.backstop.testing.BrokerExtension;
import io.backstop.testing.TestConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * NoLostRequest, FallbackOrder and SafeRepeat of requests that are killed with their processor
 * anywhere on their way through two services that are down to the third that works.
 */
class CascadeCrashIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final int REQUESTS = 600;
  private static final Duration LATENCY = Duration.ofMillis(50);

  /** The longest time for which a transaction of a processor that is killed was open before. */
  private static final long OPEN_TRANSACTION_MS = 3_000;

  private static final Map<EmulatedService, String> TARGETS =
      Map.of(
          NOTION, "notion:createPage",
          TRELLO, "trello:createCard",
          GOOGLE_TASKS, "google-tasks:create");

  private record Call(EmulatedService service, RecordedCall recorded) {
    String target() {
      return TARGETS.get(service);
    }

    String key() {
      return recorded.key().orElseThrow();
    }

    long endedAtNanos() {
      return recorded.answer().orElseThrow().atNanos();
    }
  }

  @TempDir private Path temp;
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private long killedAt;
  private SimulatedServices services;
  private ProcessorScenario flow;

  @AfterEach
  void close() {
    flow.close();
    services.close();
  }

  @Test
  void shouldEndEachRequestOnceAndInOrderWhenTheProcessIsKilledBetweenTwoHops() {
    services = new SimulatedServices(temp);
    services.onlyDown(LATENCY, NOTION, TRELLO);
    flow = new ProcessorScenario(BROKER, temp.resolve("state"), services.settings(settings()));
    publish();

    killSomewhereOnTheWay();
    var config = TestConfig.with(flow.settings());
    try (var heir = ActionProcessor.start(config, Outside.configured(config), Clock.systemUTC())) {
      flow.awaitOutcomes(REQUESTS);
      flow.readOn();
      assertThat(heir.fatal()).isNotDone();
    }

    assertThat(flow.letters()).isEmpty();
    assertThat(flow.results())
        .extracting(ActionResult::getRequestId)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, REQUESTS).mapToObj(number -> "r-" + number).toList());
    Map<String, List<Call>> calls = callsByKey();
    assertThat(flow.results())
        .as("seed %d", seed)
        .allSatisfy(
            result -> {
              assertHistoryInOrder(result);
              assertCallsInOrder(calls.get(result.getRequestId()));
              assertRepeatsExplained(result, calls.get(result.getRequestId()));
            });
    assertThat(flow.results())
        .flatExtracting(ActionResult::getAttempts)
        .extracting(Attempt::getOutcome)
        .contains(AttemptOutcome.INTERRUPTED);
    assertThat(
            Stream.of(StoreNames.IN_FLIGHT, StoreNames.WAITING, StoreNames.BACKING_OFF)
                .map(new CommittedRecords(config)::entriesOf))
        .containsOnly(0);
  }

  private static String[] settings() {
    return new String[] {
      "backstop.retry.max-attempts", "1",
      "backstop.circuit.trip-on", "slow-call-rate",
      "backstop.circuit.slow-call-duration", "1h",
      "backstop.execution.max-concurrent-calls", "30",
      "backstop.kafka.group-protocol", "classic",
      "backstop.kafka.group-instance-id", "the-one"
    };
  }

  private void publish() {
    for (int number = 0; number < REQUESTS; number++) {
      String id = "r-" + number;
      flow.publish(
          ActionRequest.newBuilder()
              .setRequestId(id)
              .setIdempotencyKey(id)
              .setAction("notion:createPage")
              .setPayload(
                  TaskPayload.newBuilder()
                      .setTitle(id)
                      .setContainer("0123456789abcdef0123456789abcdef")
                      .build())
              .build());
    }
    flow.producer.flush();
  }

  private void killSomewhereOnTheWay() {
    List<String> small = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");
    EmulatedService service = random.nextBoolean() ? TRELLO : GOOGLE_TASKS;
    int calls = 50 + random.nextInt(REQUESTS - 150);
    try (var victim = ProcessorProcess.start(small, "configured", flow.settings())) {
      FleetScenario.await(
          calls + " calls of " + service,
          () -> services.simulator.stats().service(service).calls() >= calls);
      killedAt = System.currentTimeMillis();
      victim.kill();
    }
  }

  private Map<String, List<Call>> callsByKey() {
    return TARGETS.keySet().stream()
        .flatMap(
            service ->
                services.simulator.calls(service).stream().map(each -> new Call(service, each)))
        .sorted(Comparator.comparingLong(call -> call.recorded().arrivedAtNanos()))
        .collect(Collectors.groupingBy(Call::key));
  }

  /** Each target was tried once with a known outcome, in the strategy's order. */
  private static void assertHistoryInOrder(ActionResult result) {
    List<String> known = new ArrayList<>();
    for (Attempt attempt : result.getAttempts()) {
      if (attempt.getOutcome() != AttemptOutcome.INTERRUPTED) {
        known.add(attempt.getTarget() + " " + attempt.getOutcome());
      }
    }
    assertThat(known)
        .containsExactly(
            "notion:createPage RETRYABLE",
            "trello:createCard RETRYABLE",
            "google-tasks:create SUCCEEDED");
    assertThat(withoutRepeats(result.getAttempts().stream().map(Attempt::getTarget)))
        .containsExactly("notion:createPage", "trello:createCard", "google-tasks:create");
  }

  /** No call came before the one before had ended, and none after one further on. */
  private static void assertCallsInOrder(List<Call> calls) {
    for (int next = 1; next < calls.size(); next++) {
      assertThat(calls.get(next).recorded().arrivedAtNanos())
          .as("calls one at a time: %s", calls)
          .isGreaterThanOrEqualTo(calls.get(next - 1).endedAtNanos());
    }
    assertThat(withoutRepeats(calls.stream().map(Call::target)))
        .contains("notion:createPage", "trello:createCard", "google-tasks:create");
  }

  /**
   * What was called more often than the history says was called in a transaction that ended with
   * the processor: nothing of it is known any more.
   */
  private void assertRepeatsExplained(ActionResult result, List<Call> calls) {
    for (String target : TARGETS.values()) {
      List<Call> made = calls.stream().filter(call -> call.target().equals(target)).toList();
      long told =
          result.getAttempts().stream().filter(each -> each.getTarget().equals(target)).count();
      assertThat(made.subList(0, (int) Math.max(0, made.size() - told)))
          .as("calls that the history of %s leaves out", result)
          .allMatch(call -> isShortlyBeforeTheKill(call.recorded().arrivedAtMs()));
    }
  }

  private boolean isShortlyBeforeTheKill(long at) {
    return at >= killedAt - OPEN_TRANSACTION_MS && at <= killedAt + 1_000;
  }

  private static List<String> withoutRepeats(Stream<String> names) {
    List<String> kept = new ArrayList<>();
    names
        .filter(name -> kept.isEmpty() || !kept.get(kept.size() - 1).equals(name))
        .forEach(kept::add);
    return kept;
  }
}
