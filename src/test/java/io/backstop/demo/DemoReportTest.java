package io.backstop.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.DeadLetter;
import io.backstop.action.FailureClass;
import io.backstop.action.OriginalRecord;
import io.backstop.action.ResultStatus;
import io.backstop.action.Severity;
import io.backstop.action.TaskPayload;
import io.backstop.client.ParsedRequest;
import io.backstop.demo.Ledger.Coordinates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The accounting: no record is called accounted for that is not. */
class DemoReportTest {
  private static final Instant RECEIVED = Instant.parse("2026-11-22T12:00:00Z");

  private final Ledger ledger = new Ledger();
  private long planned;
  private CircuitChanges circuits = CircuitChanges.NONE;

  private void publish(String requestId, String key) {
    var request =
        ActionRequest.newBuilder()
            .setRequestId(requestId)
            .setAction("notion:createPage")
            .setIdempotencyKey(key)
            .setPayload(TaskPayload.newBuilder().build())
            .build();
    var parsed = new ParsedRequest(key, request, List.of());
    publish(new DemoRequest.Readable(parsed, true));
  }

  private void publish(DemoRequest request) {
    ledger.published(request, new Coordinates(0, planned));
    planned++;
  }

  private static ActionResult result(String requestId, String duplicateOf) {
    return ActionResult.newBuilder()
        .setRequestId(requestId)
        .setIdempotencyKey("unused")
        .setStatus(ResultStatus.SUCCEEDED)
        .setPrimaryAction("notion:createPage")
        .setDuplicateOf(duplicateOf)
        .setReceivedAt(RECEIVED)
        .setCompletedAt(RECEIVED.plusMillis(20))
        .build();
  }

  private static DeadLetter letter(int partition, long offset) {
    return letter(partition, offset, FailureClass.VALIDATION);
  }

  private static DeadLetter letter(int partition, long offset, FailureClass failureClass) {
    var original =
        new OriginalRecord("actions.requests", partition, offset, 0L, null, null, List.of());
    return DeadLetter.newBuilder()
        .setId("id")
        .setReason("payload.title is missing: a page needs a title")
        .setFailureClass(failureClass)
        .setSeverity(Severity.MEDIUM)
        .setOriginal(original)
        .setOriginalValueSize(3)
        .setCreatedAt(RECEIVED)
        .build();
  }

  private DemoReport report() {
    return new DemoReport(planned, ledger.entries(), circuits, Duration.ofMillis(6_140));
  }

  @Test
  void shouldAccountForEveryKindOfOutcome() {
    publish("r-1", "k-1");
    publish("r-2", "k-1");
    publish("r-3", "k-3");
    publish(new DemoRequest.PlainJson("{}"));

    ledger.result(result("r-1", null));
    ledger.result(result("r-2", "r-1"));
    ledger.deadLetter(letter(0, 2));
    ledger.deadLetter(letter(0, 3));

    assertThat(report().isComplete()).isTrue();
    assertThat(report().json())
        .isEqualTo(
            "{\"published\":4,\"distinct\":2,\"succeeded\":1,\"viaFallback\":0,\"duplicates\":1,"
                + "\"deadLettered\":2,\"lost\":0,\"recordedTwice\":0,\"seconds\":6.1,"
                + "\"fromCache\":0,\"rejected\":0,\"circuitOpened\":0,\"circuitClosed\":0,"
                + "\"fallbacks\":{}}");
  }

  @Test
  void shouldCountWhatTheOutageDidAmongWhatSucceededAndWhatWasDeadLettered() {
    publish("r-1", "k-1");
    publish("r-2", "k-2");
    publish("r-3", "k-3");
    circuits = new CircuitChanges(2, 1);

    ledger.result(ActionResult.newBuilder(result("r-1", null)).setFromCache(true).build());
    ledger.deadLetter(letter(0, 1, FailureClass.CIRCUIT_OPEN));
    ledger.deadLetter(letter(0, 2, FailureClass.SERVER_ERROR));

    assertThat(report().isComplete()).isTrue();
    assertThat(report().json())
        .contains("\"succeeded\":1", "\"deadLettered\":2", "\"fromCache\":1", "\"rejected\":1")
        .contains("\"circuitOpened\":2,\"circuitClosed\":1");
  }

  private static ActionResult viaFallback(String requestId, String step) {
    return ActionResult.newBuilder(result(requestId, null))
        .setExecutedViaFallback(true)
        .setFallbackAction(step)
        .build();
  }

  @Test
  void shouldCountWhatFallbacksDidByStep() {
    for (int number = 1; number <= 3; number++) {
      publish("r-" + number, "k-" + number);
    }

    ledger.result(viaFallback("r-1", "csv:log"));
    ledger.result(viaFallback("r-2", "trello:createCard"));
    ledger.result(viaFallback("r-3", "trello:createCard"));

    assertThat(report().isComplete()).isTrue();
    assertThat(report().json())
        .contains("\"succeeded\":0,\"viaFallback\":3")
        .contains("\"fallbacks\":{\"trello:createCard\":2,\"csv:log\":1}");
  }

  @Test
  void shouldTakeNotificationsNeitherForLostNorForSurplus() {
    publish("r-1", "k-1");

    ledger.result(viaFallback("r-1", "csv:log"));
    ledger.result(result("notification-1", null));
    ledger.deadLetter(letter(0, planned));

    assertThat(report().isComplete()).isTrue();
    assertThat(report().json()).contains("\"published\":1");
  }

  @Test
  void shouldNameADeadLetterThatWasTriedAtAServiceAsTheExample() {
    publish("r-1", "k-1");
    publish("r-2", "k-2");

    ledger.deadLetter(letter(0, 0));
    ledger.deadLetter(
        DeadLetter.newBuilder(letter(0, 1, FailureClass.NOT_FOUND)).setId("tried").build());

    assertThat(report().exampleLetter()).contains("tried");
  }

  @Test
  void shouldCallARecordLostThatHasNoOutcome() {
    publish("r-1", "k-1");
    publish("r-2", "k-2");

    ledger.result(result("r-1", null));
    ledger.result(result("somebody-else", null));
    ledger.deadLetter(letter(1, 1));

    assertThat(ledger.answered()).isEqualTo(1);
    assertThat(report().isComplete()).isFalse();
    assertThat(report().json()).contains("\"lost\":1");
    assertThat(report().lines())
        .contains(
            "NOT AS PROMISED: 1 records have no outcome after 6 s: r-2 (partition 0, offset 1)");
  }

  @Test
  void shouldNotAcceptTwoResultsOfOneRequest() {
    publish("r-1", "k-1");

    ledger.result(result("r-1", null));
    ledger.result(result("r-1", null));

    assertThat(report().isComplete()).isFalse();
    assertThat(report().json()).contains("\"lost\":0,\"recordedTwice\":1");
  }

  @Test
  void shouldNotAcceptAResultAndADeadLetterOfOneRequest() {
    publish("r-1", "k-1");

    ledger.deadLetter(letter(0, 0));
    ledger.result(result("r-1", null));

    assertThat(report().isComplete()).isFalse();
    assertThat(report().json()).contains("\"recordedTwice\":1");
  }

  @Test
  void shouldNotAcceptThatADuplicateWasWorkedOn() {
    publish("r-1", "k-1");
    publish("r-2", "k-1");

    ledger.result(result("r-1", null));
    ledger.result(result("r-2", null));

    assertThat(report().isComplete()).isFalse();
    assertThat(report().lines()).anyMatch(line -> line.contains("although their key had been"));
  }

  @Test
  void shouldNotAcceptThatLessWasPublishedThanPlanned() {
    publish("r-1", "k-1");
    planned++;

    ledger.result(result("r-1", null));

    assertThat(report().isComplete()).isFalse();
    assertThat(report().lines()).contains("NOT AS PROMISED: 1 of 2 records were published");
  }

  @Test
  void shouldMatchOutcomesThatCameBeforeTheProducersConfirmation() {
    ledger.result(result("r-1", null));

    publish("r-1", "k-1");

    assertThat(report().isComplete()).isTrue();
  }
}
