package io.backstop.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionEvent;
import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.EventType;
import io.backstop.action.Failure;
import io.backstop.action.FailureClass;
import io.backstop.action.OriginalRecord;
import io.backstop.action.ResultStatus;
import io.backstop.action.TaskPayload;
import io.backstop.action.TerminalOutcome;
import io.backstop.action.Work;
import io.backstop.config.BackstopConfig;
import io.backstop.serde.Registry;
import io.backstop.serde.WireEncoder;
import io.backstop.testing.TestConfig;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class RequestEventsTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
  private static final byte[] KEY = {1, 2};

  private final MockProcessorContext<byte[], ActionEvent> context = new MockProcessorContext<>();

  /** All of them switched on, where a test says nothing else. */
  private static BackstopConfig config(String... settings) {
    return settings.length == 0
        ? TestConfig.with("backstop.events.request-succeeded", "true")
        : TestConfig.with(settings);
  }

  private List<ActionEvent> events(Object value, String... settings) {
    var events = RequestEvents.supplier(config(settings).events(), "request-events-sink").get();
    events.init(context);
    events.process(new Record<>(KEY, value, AT.toEpochMilli()));
    return context.forwarded().stream()
        .map(CapturedForward::record)
        .map(rec -> (ActionEvent) rec.value())
        .toList();
  }

  private static OriginalRecord original() {
    return new OriginalRecord(
        "actions.requests", 2, 7L, 0L, ByteBuffer.wrap(KEY), ByteBuffer.allocate(1), List.of());
  }

  private static Work work() {
    var request =
        ActionRequest.newBuilder()
            .setRequestId("r-1")
            .setAction("notion:createPage")
            .setPayload(TaskPayload.newBuilder().setTitle("t").setContainer("c").build())
            .build();
    return Work.of(request, "k-1", original(), 0);
  }

  private static Attempt attempt(AttemptOutcome outcome, FailureClass failureClass) {
    return Attempt.newBuilder()
        .setTarget("notion:createPage")
        .setNumber(1)
        .setStartedAt(AT)
        .setDurationMs(5)
        .setOutcome(outcome)
        .setFailureClass(failureClass)
        .setMessage("the circuit of notion is open")
        .build();
  }

  private static Attempt circuitOpen() {
    return attempt(AttemptOutcome.REJECTED, FailureClass.CIRCUIT_OPEN);
  }

  private static ActionResult.Builder result(Attempt... attempts) {
    return ActionResult.newBuilder()
        .setRequestId("r-1")
        .setIdempotencyKey("k-1")
        .setStatus(ResultStatus.SUCCEEDED)
        .setPrimaryAction("notion:createPage")
        .setExecutedBy("notion:createPage")
        .setAttempts(List.of(attempts))
        .setReceivedAt(AT)
        .setCompletedAt(AT);
  }

  private static TerminalOutcome dead(Attempt... attempts) {
    var failure =
        Failure.ofWork(work(), List.of(attempts), FailureClass.SERVER_ERROR, "500 by notion");
    return new TerminalOutcome.DeadLettered(work(), failure);
  }

  @Test
  void shouldTellOfASuccessUnderTheRecordsKey() {
    var result = result(attempt(AttemptOutcome.SUCCEEDED, null)).build();

    var event = only(events(new TerminalOutcome.Done(work(), result)));

    assertThat(event)
        .isEqualTo(
            ActionEvent.newBuilder()
                .setType(EventType.REQUEST_SUCCEEDED)
                .setAt(AT)
                .setRequestId("r-1")
                .setIdempotencyKey("k-1")
                .setAction("notion:createPage")
                .setTarget("notion:createPage")
                .setAttempts(1)
                .build());
    assertThat(context.forwarded().get(0).record().key()).isEqualTo(KEY);
    assertThat(context.forwarded().get(0).childName()).contains("request-events-sink");
  }

  @Test
  void shouldTellOfADeadLetter() {
    var event = only(events(dead(attempt(AttemptOutcome.RETRYABLE, FailureClass.SERVER_ERROR))));

    assertThat(event.getType()).isEqualTo(EventType.REQUEST_FAILED);
    assertThat(event.getFailureClass()).isEqualTo(FailureClass.SERVER_ERROR);
    assertThat(event.getReason()).isEqualTo("500 by notion");
    assertThat(event.getDeadLetterId()).isEqualTo("actions.requests-2-7");
    assertThat(event.getIdempotencyKey()).isEqualTo("k-1");
    assertThat(event.getAttempts()).isEqualTo(1);
  }

  @Test
  void shouldTellOfARecordThatNeverBecameWork() {
    var failure = Failure.ofRecord(original(), FailureClass.UNDECODABLE, "looks like JSON");

    var event = only(events(failure));

    assertThat(event.getType()).isEqualTo(EventType.REQUEST_FAILED);
    assertThat(event.getRequestId()).isNull();
    assertThat(event.getTarget()).isNull();
    assertThat(event.getDeadLetterId()).isEqualTo("actions.requests-2-7");
  }

  @Test
  void shouldTellOnceOfARejectionBesideTheFailure() {
    var events = events(dead(circuitOpen(), circuitOpen()));

    assertThat(events)
        .extracting(ActionEvent::getType)
        .containsExactly(EventType.REQUEST_REJECTED, EventType.REQUEST_FAILED);
    assertThat(events.get(0).getFailureClass()).isEqualTo(FailureClass.CIRCUIT_OPEN);
    assertThat(events.get(0).getTarget()).isEqualTo("notion:createPage");
    assertThat(events.get(0).getAttempts()).isZero();
  }

  @Test
  void shouldTellOfARejectionThatTheCacheAnswered() {
    var served = result(circuitOpen()).setFromCache(true).setExecutedBy(null).build();

    var events = events(new TerminalOutcome.Done(work(), served));

    assertThat(events)
        .extracting(ActionEvent::getType)
        .containsExactly(EventType.REQUEST_REJECTED, EventType.REQUEST_SUCCEEDED);
    assertThat(events.get(1).getFromCache()).isTrue();
  }

  @Test
  void shouldTellNoRejectionForAnotherReason() {
    var events = events(dead(attempt(AttemptOutcome.REJECTED, FailureClass.AUTHENTICATION)));

    assertThat(events).extracting(ActionEvent::getType).containsExactly(EventType.REQUEST_FAILED);
  }

  @Test
  void shouldTellWhichFallbackWasUsed() {
    var result =
        result()
            .setExecutedViaFallback(true)
            .setFallbackAction("trello:createCard")
            .setOriginalError("notion is down")
            .build();

    var events = events(new TerminalOutcome.Done(work(), result));

    assertThat(events)
        .extracting(ActionEvent::getType)
        .containsExactly(EventType.FALLBACK_USED, EventType.REQUEST_SUCCEEDED);
    assertThat(events.get(0).getTarget()).isEqualTo("trello:createCard");
    assertThat(events.get(0).getReason()).isEqualTo("notion is down");
  }

  @Test
  void shouldTellNothingOfDuplicatesAndOfWhatWasLeftUndone() {
    var skipped = result().setStatus(ResultStatus.SKIPPED).build();

    assertThat(events(new TerminalOutcome.Duplicate(work(), "r-0"))).isEmpty();
    assertThat(events(new TerminalOutcome.Done(work(), skipped))).isEmpty();
  }

  @Test
  void shouldTellNothingThatIsSwitchedOff() {
    String[] off = {
      "backstop.events.request-succeeded", "false",
      "backstop.events.request-failed", "false",
      "backstop.events.request-rejected", "false",
      "backstop.events.fallback-used", "false"
    };
    var result = result(circuitOpen()).setExecutedViaFallback(true).build();

    assertThat(events(new TerminalOutcome.Done(work(), result), off)).isEmpty();
    assertThat(events(dead(circuitOpen()), off)).isEmpty();
  }

  @Test
  void shouldMakeEventsThatCanBeWritten() {
    var registry =
        new Registry(
            TestConfig.with("backstop.registry.auto-register", "true").registry(),
            new MockSchemaRegistryClient());
    var encoder = new WireEncoder<>(registry, "actions.events", ActionEvent.class);
    var served = result(circuitOpen()).setExecutedViaFallback(true).build();

    events(new TerminalOutcome.Done(work(), served));
    events(dead(circuitOpen()));
    var all = events(Failure.ofRecord(original(), FailureClass.UNDECODABLE, "x"));

    assertThat(all).hasSize(6).allSatisfy(event -> assertThat(encoder.encode(event)).isNotEmpty());
  }

  private static ActionEvent only(List<ActionEvent> events) {
    assertThat(events).hasSize(1);
    return events.get(0);
  }
}
