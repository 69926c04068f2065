package io.backstop.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.DeadLetter;
import io.backstop.action.FailureClass;
import io.backstop.action.FallbackReport;
import io.backstop.action.FallbackStatistics;
import io.backstop.action.FallbackUse;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.action.MessagePayload;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.action.PolicyOverrides;
import io.backstop.action.StoreNames;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.Target;
import io.backstop.serde.Decoded;
import io.backstop.serde.Registry;
import io.backstop.serde.WireDecoder;
import io.backstop.serde.WireEncoder;
import io.backstop.testing.TestConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the team and every instance learn from the tasks' reports of fallbacks. */
class NotificationScenarioTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static final Outcome GONE =
      new Outcome.Permanent(FailureClass.RESOURCE_EXHAUSTED, "gone", OptionalInt.of(507));

  /** Answers at once, as the test says. */
  private static final class Messenger implements ActionExecutor {
    final List<ActionRequest> sent = new ArrayList<>();
    Outcome answer = new Outcome.Succeeded("{}", OptionalInt.of(200));

    @Override
    public Target target() {
      return new Target("acme:message", PayloadFamily.MESSAGE);
    }

    @Override
    public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
      sent.add(request);
      return CompletableFuture.completedFuture(answer);
    }
  }

  @TempDir private Path stateDir;
  private final Messenger messenger = new Messenger();
  private ActionScenario flow;

  @BeforeEach
  void start() {
    flow =
        new ActionScenario(
            stateDir.resolve("first"),
            List.of(messenger),
            "backstop.fallback.targets.\"trello:createCard\".container",
            "list-1",
            "backstop.notifications.target",
            "acme:message");
  }

  @AfterEach
  void stop() {
    flow.close();
  }

  @Test
  void shouldNotifyTheTeamByARequestThatEndsInAResultLikeAnyOther() {
    report("0", 1);
    flow.tick(SECOND);

    ActionResult result = only(flow.results());
    assertThat(result.getRequestId()).startsWith("notification-");
    assertThat(result.getExecutedBy()).isEqualTo("acme:message");
    var message = (MessagePayload) only(messenger.sent).getPayload();
    assertThat(message.getText()).contains("trello:createCard stands in");
  }

  @Test
  void shouldTellTheTeamWhenAFallbackHasDoneARequest() {
    flow.publish(withSteps("r-1", "trello:createCard"));
    flow.calls.get(0).answer().complete(GONE);
    flow.tick();
    flow.calls.get(1).succeed("{}");
    flow.tick(SECOND);
    flow.tick(SECOND);

    var message = (MessagePayload) only(messenger.sent).getPayload();
    assertThat(message.getText())
        .contains("Why notion:createPage failed last: RESOURCE_EXHAUSTED: gone")
        .contains("Requests so far: 1,");
    assertThat(flow.results())
        .extracting(ActionResult::getPrimaryAction)
        .containsExactly("notion:createPage", "acme:message");
    assertThat(published().getAll().getTotal()).isEqualTo(1);
  }

  @Test
  void shouldCountEveryStepOfACascadeThatEndsInADeadLetter() {
    flow.publish(withSteps("r-1", "trello:createCard", "cached-result", "default-value"));
    flow.calls.get(0).answer().complete(GONE);
    flow.tick();
    flow.calls.get(1).answer().complete(GONE);
    flow = restartedAfter(SECOND);
    flow.tick(SECOND);
    flow.tick(SECOND);

    FallbackStatistics statistics = published();
    assertThat(statistics.getByFallbackAction())
        .containsOnlyKeys("trello:createCard", "cached-result", "default-value");
    assertThat(statistics.getAll().getFailed()).isEqualTo(3);
    assertThat(messenger.sent).isEmpty();
  }

  /** The uses are in the store by then, and not reported yet. */
  private ActionScenario restartedAfter(Duration time) {
    flow.tick();
    assertThat(flow.storedRecords(StoreNames.FALLBACK_USES)).isEqualTo(3);
    return flow.restart(time);
  }

  private static ActionRequest withSteps(String id, String... steps) {
    return ActionRequest.newBuilder(ActionScenario.request(id))
        .setPolicy(PolicyOverrides.newBuilder().setFallbackSteps(List.of(steps)).build())
        .build();
  }

  @Test
  void shouldThrottleOverAllTasksAndAfterTheLedgerHasMoved() {
    report("0", 1);
    report("1", 2);
    flow = flow.restart(Duration.ofSeconds(3));
    report("2", 4);
    flow.tick(SECOND);

    assertThat(messenger.sent).hasSize(1);
    FallbackStatistics statistics = published();
    assertThat(statistics.getAll().getSucceeded()).isEqualTo(7);
    assertThat(statistics.getNotificationsSent()).isEqualTo(1);
    assertThat(statistics.getNotificationsSuppressed()).isEqualTo(6);
  }

  @Test
  void shouldLeaveAFailedNotificationToTheDeadLettersAndNotNotifyOfIt() {
    messenger.answer =
        new Outcome.Permanent(FailureClass.AUTHENTICATION, "bad token", OptionalInt.of(401));
    report("0", 1);
    flow.tick(SECOND);
    flow.tick(Duration.ofMinutes(10));

    DeadLetter letter = only(flow.deadLetters());
    assertThat(letter.getRequest().getAction()).isEqualTo("acme:message");
    assertThat(letter.getRequest().getSubmitter()).isEqualTo("backstop");
    assertThat(messenger.sent).hasSize(1);
    assertThat(published().getAll().getTotal()).isEqualTo(1);
  }

  @Test
  void shouldDropWhatIsNoReportAndGoOn() {
    pipe("x", new byte[] {9, 9, 9});
    pipe("x", null);
    pipe("x", new byte[600 * 1024]);
    report("0", 1);
    flow.tick(SECOND);

    assertThat(published().getAll().getTotal()).isEqualTo(1);
  }

  @Test
  void shouldKeepAReportWhoseSchemaIsNotKnownYet() {
    String json =
        FallbackReport.getClassSchema().toString().replace("one task tells", "a task says");
    int newer = flow.register("other-value", new Schema.Parser().parse(json));
    byte[] value = encoded("0", 3);
    ByteBuffer.wrap(value).putInt(1, newer);

    pipe("0", value);

    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(
            () -> {
              flow.tick(SECOND);
              assertThat(flow.storedRecords(StoreNames.FALLBACK_REPORTS_AWAITING_SCHEMA)).isZero();
            });
    flow.tick(SECOND);
    assertThat(published().getAll().getTotal()).isEqualTo(3);
  }

  private void report(String task, long succeeded) {
    pipe(task, encoded(task, succeeded));
    flow.tick();
  }

  private byte[] encoded(String task, long succeeded) {
    var use =
        new FallbackUse(
            "notion:createPage",
            "trello:createCard",
            succeeded,
            0L,
            ActionScenario.START,
            "notion is down");
    var report = new FallbackReport(task, ActionScenario.START, List.of(use), null);
    return new WireEncoder<>(registry(), "actions.fallback-reports", FallbackReport.class)
        .encode(report);
  }

  private void pipe(String key, byte[] value) {
    flow.driver
        .createInputTopic(
            "actions.fallback-reports", new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(key.getBytes(StandardCharsets.UTF_8), value);
  }

  /** As every instance has it. */
  private FallbackStatistics published() {
    KeyValueStore<Bytes, byte[]> states = flow.driver.getKeyValueStore(StoreNames.FLEET_STATE);
    byte[] state =
        states.get(Bytes.wrap(FleetKey.FALLBACKS.of("").getBytes(StandardCharsets.UTF_8)));
    try (var decoder = new WireDecoder<>(FleetState.class, registry(), Clock.systemUTC())) {
      var decoded = decoder.decodeFetching(state, Duration.ofSeconds(5));
      return ((Decoded.Value<FleetState>) decoded).value().getFallbacks();
    }
  }

  private Registry registry() {
    return new Registry(
        TestConfig.with("backstop.registry.auto-register", "true").registry(), flow.registryClient);
  }

  private static <T> T only(List<T> items) {
    assertThat(items).hasSize(1);
    return items.get(0);
  }
}
