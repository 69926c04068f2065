package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.Priority;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the meters say about requests on their way. */
class MetricsScenarioTest {
  private static final String PAGE = "notion:createPage";
  private static final Duration ONE_SECOND = Duration.ofSeconds(1);

  @TempDir private Path stateDir;
  private ActionScenario flow;

  @BeforeEach
  void start() {
    flow =
        new ActionScenario(
            stateDir.resolve("first"),
            "backstop.execution.max-concurrent-calls",
            "1",
            "backstop.retry.max-attempts",
            "1",
            "backstop.fallback.enabled",
            "false");
  }

  @AfterEach
  void stop() {
    flow.close();
  }

  private double waiting(Priority priority) {
    return gauge("backstop.requests.waiting", priority);
  }

  private double gauge(String name, Priority priority) {
    return flow.meters
        .get(name)
        .tags("scope", "notion", "priority", priority.name())
        .gauge()
        .value();
  }

  private double count(String name, String... tags) {
    var counter = flow.meters.find(name).tags(tags).counter();
    return counter == null ? 0 : counter.count();
  }

  private void publish(String id, Priority priority) {
    flow.publish(request(id, PAGE, priority));
  }

  @Test
  void shouldShowWhatIsInFlightAndWhatWaitsByPriority() {
    publish("in-flight", Priority.HIGH);
    publish("low", Priority.LOW);
    publish("medium-1", Priority.MEDIUM);
    publish("medium-2", Priority.MEDIUM);
    flow.tick(ONE_SECOND);

    assertThat(gauge("backstop.calls.in.flight", Priority.HIGH)).isEqualTo(1);
    assertThat(waiting(Priority.MEDIUM)).isEqualTo(2);
    assertThat(waiting(Priority.LOW)).isEqualTo(1);

    flow.calls.get(0).succeed("{}");
    flow.tick();
    flow.tick(ONE_SECOND);

    assertThat(gauge("backstop.calls.in.flight", Priority.HIGH)).isZero();
    assertThat(gauge("backstop.calls.in.flight", Priority.MEDIUM)).isEqualTo(1);
    assertThat(waiting(Priority.MEDIUM)).isEqualTo(1);
  }

  @Test
  void shouldNotCountWhatEndedAtItsDeadlineWhileItWaited() {
    publish("in-flight", Priority.MEDIUM);
    Instant deadline = ActionScenario.START.plusSeconds(4);
    flow.publish(
        ActionRequest.newBuilder(request("late", PAGE, Priority.LOW))
            .setDeadline(deadline)
            .build());
    publish("patient", Priority.LOW);
    flow.tick(ONE_SECOND);
    assertThat(waiting(Priority.LOW)).isEqualTo(2);

    flow.tick(Duration.ofSeconds(4));
    flow.tick(ONE_SECOND);

    assertThat(waiting(Priority.LOW)).isEqualTo(1);
    assertThat(count("backstop.dead.letters", "failure", "EXPIRED")).isEqualTo(1);
  }

  @Test
  void shouldFindWhatWaitsAgainAfterARestartAndCountTheCallThatIsRepeated() {
    publish("in-flight", Priority.MEDIUM);
    publish("waits-1", Priority.MEDIUM);
    publish("waits-2", Priority.LOW);
    flow.tick();

    flow = flow.restart(ONE_SECOND);
    flow.tick();
    flow.tick();
    flow.tick(ONE_SECOND);

    assertThat(count("backstop.calls.repeated", "scope", "notion")).isEqualTo(1);
    assertThat(gauge("backstop.calls.in.flight", Priority.MEDIUM)).isEqualTo(1);
    assertThat(waiting(Priority.MEDIUM)).isEqualTo(1);
    assertThat(waiting(Priority.LOW)).isEqualTo(1);
  }

  @Test
  void shouldCountRequestsByActionAndHowTheyEnded() {
    publish("r-1", Priority.MEDIUM);
    publish("r-1", Priority.MEDIUM);
    flow.calls.get(0).succeed("{}");
    flow.tick();
    publish("r-1", Priority.MEDIUM);
    publish("r-2", Priority.MEDIUM);
    flow.calls
        .get(1)
        .answer()
        .complete(new Outcome.Permanent(FailureClass.CONFLICT, "no", OptionalInt.of(409)));
    flow.tick();
    byte[] poison = "poison".getBytes(StandardCharsets.UTF_8);
    flow.publish(poison, poison);
    flow.publish(request("r-3", "made:up", Priority.LOW));

    assertThat(count("backstop.requests", "action", PAGE, "outcome", "succeeded")).isEqualTo(1);
    assertThat(count("backstop.requests", "action", PAGE, "outcome", "duplicate")).isEqualTo(2);
    assertThat(count("backstop.requests", "action", PAGE, "outcome", "dead-lettered")).isEqualTo(1);
    assertThat(count("backstop.requests", "action", "other", "outcome", "dead-lettered"))
        .as("poison, and an action of a name that nobody knows")
        .isEqualTo(2);
    assertThat(count("backstop.duplicates", "original", "in-flight")).isEqualTo(1);
    assertThat(count("backstop.duplicates", "original", "finished")).isEqualTo(1);
    assertThat(count("backstop.dead.letters", "failure", "CONFLICT")).isEqualTo(1);
    assertThat(count("backstop.dead.letters", "failure", "UNDECODABLE")).isEqualTo(1);
    assertThat(
            flow.meters
                .get("backstop.attempts")
                .tags("target", PAGE, "outcome", "permanent", "failure", "CONFLICT")
                .timer()
                .count())
        .isEqualTo(1);
  }
}
