package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.DeadLetter;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.ResultStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request's way to its one outcome. */
class MainFlowScenarioTest {
  @TempDir private Path stateDir;
  private ActionScenario flow;

  @BeforeEach
  void start() {
    flow =
        new ActionScenario(
            stateDir, "backstop.execution.timeout", "2s", "backstop.retry.max-attempts", "1");
  }

  @AfterEach
  void stop() {
    flow.close();
  }

  @Test
  void shouldGiveOneResultWithItsAttemptWhenTheCallSucceeds() {
    flow.publish(request("r-1"));
    flow.tick(Duration.ofMillis(40));
    flow.calls.get(0).succeed("{\"id\":\"page-1\"}");
    flow.tick();

    ActionResult result = only(flow.results());
    assertThat(result.getRequestId()).isEqualTo("r-1");
    assertThat(result.getStatus()).isEqualTo(ResultStatus.SUCCEEDED);
    assertThat(result.getResponseData()).isEqualTo("{\"id\":\"page-1\"}");
    assertThat(result.getExecutedBy()).isEqualTo("notion:createPage");
    assertThat(result.getDuplicateOf()).isNull();
    assertThat(only(result.getAttempts()).getOutcome()).isEqualTo(AttemptOutcome.SUCCEEDED);
    assertThat(only(result.getAttempts()).getDurationMs()).isEqualTo(45);
    assertThat(flow.deadLetters()).isEmpty();
    assertThat(flow.meters.get("backstop.requests").tag("outcome", "succeeded").counter().count())
        .isEqualTo(1);
  }

  @Test
  void shouldKeepKeyUserHeadersAndTraceOnTheResultAndPassTheTraceToTheCall() {
    var headers = new RecordHeaders();
    headers.add("traceparent", utf8("00-abc-def-01"));
    headers.add("tenant", utf8("blue"));
    headers.add("tenant", utf8("green"));
    byte[] value = flow.requestEncoder.encode(request("r-1"));
    flow.requests.pipeInput(new TestRecord<>(utf8("key"), value, headers, ActionScenario.START));
    flow.calls.get(0).succeed("{}");
    flow.tick();

    TestRecord<byte[], ActionResult> result = only(flow.resultRecords());
    assertThat(result.key()).isEqualTo(utf8("key"));
    assertThat(result.headers()).isEqualTo(headers);
    assertThat(flow.calls.get(0).context().traceparent()).contains("00-abc-def-01");
  }

  @Test
  void shouldAnswerADuplicateOfAFinishedRequestWithItsStoredResultAndNoCall() {
    ActionRequest first = keyed("r-1", "key-1");
    flow.publish(first);
    flow.calls.get(0).succeed("{\"id\":\"page-1\"}");
    flow.tick();
    flow.publish(keyed("r-2", "key-1"));
    flow.tick();

    List<ActionResult> results = flow.results();
    assertThat(flow.calls).hasSize(1);
    assertThat(results).extracting(ActionResult::getRequestId).containsExactly("r-1", "r-2");
    assertThat(results.get(1).getDuplicateOf()).isEqualTo("r-1");
    assertThat(results.get(1).getResponseData()).isEqualTo("{\"id\":\"page-1\"}");
    assertThat(results.get(1).getStatus()).isEqualTo(ResultStatus.SUCCEEDED);
  }

  @Test
  void shouldRecordADuplicateOfARequestInFlightAndCauseNoCall() {
    flow.publish(keyed("r-1", "key-1"));
    flow.publish(keyed("r-2", "key-1"));

    ActionResult duplicate = only(flow.results());
    assertThat(duplicate.getStatus()).isEqualTo(ResultStatus.DUPLICATE_IN_FLIGHT);
    assertThat(duplicate.getDuplicateOf()).isEqualTo("r-1");
    assertThat(flow.calls).hasSize(1);
  }

  @Test
  void shouldTakeRequestsOfSameActionAndPayloadForDuplicatesWhenNoKeyIsGiven() {
    flow.publish(request("r-1"));
    ActionRequest again = ActionRequest.newBuilder(request("r-1")).setRequestId("r-2").build();
    flow.publish(again);

    assertThat(only(flow.results()).getDuplicateOf()).isEqualTo("r-1");
  }

  @Test
  void shouldExecuteAgainOnceTheRetentionIsOver() {
    flow.publish(keyed("r-1", "key-1"));
    flow.calls.get(0).succeed("{}");
    flow.tick();
    flow.tick(Duration.ofHours(23));
    flow.publish(keyed("r-2", "key-1"));
    flow.tick(Duration.ofHours(1));
    flow.publish(keyed("r-3", "key-1"));

    assertThat(flow.calls).hasSize(2);
    assertThat(flow.calls.get(1).request().getRequestId()).isEqualTo("r-3");
  }

  @Test
  void shouldDeadLetterAFailedCallWithHistoryOriginalBytesAndAdvice() {
    flow.publish(request("r-1"));
    flow.calls
        .get(0)
        .answer()
        .complete(
            new Outcome.Permanent(
                FailureClass.VALIDATION, "title is not a property", OptionalInt.of(400)));
    flow.tick();

    DeadLetter letter = only(flow.deadLetters());
    assertThat(letter.getId()).isEqualTo("actions.requests-0-0");
    assertThat(letter.getFailureClass()).isEqualTo(FailureClass.VALIDATION);
    assertThat(letter.getReason())
        .contains(
            "notion:createPage", "HTTP 400", "title is not a property", "correct the request");
    assertThat(letter.getRequest()).isEqualTo(request("r-1"));
    assertThat(letter.getOriginal().getValue().array())
        .isEqualTo(flow.requestEncoder.encode(request("r-1")));
    assertThat(only(letter.getAttempts()).getHttpStatus()).isEqualTo(400);
    assertThat(flow.results()).isEmpty();
  }

  @Test
  void shouldPointADuplicateOfADeadLetteredRequestToItsLetter() {
    flow.publish(keyed("r-1", "key-1"));
    flow.calls.get(0).answer().completeExceptionally(new java.io.IOException("refused"));
    flow.tick();
    flow.publish(keyed("r-2", "key-1"));

    ActionResult duplicate = only(flow.results());
    assertThat(duplicate.getStatus()).isEqualTo(ResultStatus.DEAD_LETTERED);
    assertThat(duplicate.getDeadLetterId()).isEqualTo("actions.requests-0-0");
    assertThat(flow.calls).hasSize(1);
    assertThat(only(flow.deadLetters()).getFailureClass()).isEqualTo(FailureClass.NETWORK);
  }

  @Test
  void shouldTimeOutACallThatItsClientNeverEndsAndIgnoreWhatItSaysLater() {
    flow.publish(request("r-1"));
    flow.tick(Duration.ofSeconds(2));
    flow.calls.get(0).succeed("{}");
    flow.tick();

    DeadLetter letter = only(flow.deadLetters());
    assertThat(letter.getFailureClass()).isEqualTo(FailureClass.TIMEOUT);
    assertThat(letter.getReason()).contains("no answer within 2000 ms");
    assertThat(flow.calls.get(0).answer()).isCancelled();
    assertThat(flow.results()).isEmpty();
  }

  @Test
  void shouldDeadLetterARequestWhoseDeadlineHasPassedWithoutACall() {
    flow.publish(
        ActionRequest.newBuilder(request("r-1"))
            .setDeadline(ActionScenario.START.minusSeconds(1))
            .build());

    DeadLetter letter = only(flow.deadLetters());
    assertThat(letter.getFailureClass()).isEqualTo(FailureClass.EXPIRED);
    assertThat(letter.getReason()).contains("deadline", "later deadline");
    assertThat(flow.calls).isEmpty();
  }

  private static ActionRequest keyed(String id, String idempotencyKey) {
    return ActionRequest.newBuilder(request(id)).setIdempotencyKey(idempotencyKey).build();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static <T> T only(List<T> items) {
    assertThat(items).hasSize(1);
    return items.get(0);
  }
}
