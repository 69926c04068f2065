package io.backstop.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.DeadLetter;
import io.backstop.action.DeskLetter;
import io.backstop.action.FallbackRequest;
import io.backstop.action.IdempotencyKey;
import io.backstop.action.LetterStatus;
import io.backstop.action.Lineage;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPlan;
import io.backstop.action.OriginalRecord;
import io.backstop.action.PassedOver;
import io.backstop.action.RecordHeader;
import io.backstop.action.RecordHeaders;
import io.backstop.action.Resubmission;
import io.backstop.action.Steps;
import io.backstop.action.TaskPayload;
import io.backstop.desk.Resubmitting.Verdict;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LetterResubmittingTest {
  private static final long NOW = Letters.START.toEpochMilli();

  private final SampleResubmitting made = new SampleResubmitting();

  @AfterEach
  void stop() {
    made.close();
  }

  @Test
  void shouldSendInTheBytesThatCameInWithTheirKeyPartitionAndHeaders() {
    DeskLetter letter = letter(original("actions.requests", made.encoded(request())));

    Verdict.Ready ready = ready(letter, replay().build());

    Resubmission in = ready.resubmission();
    assertThat(ready.target()).isEqualTo("notion:createPage");
    assertThat(in.topic()).isEqualTo("actions.requests");
    assertThat(in.partition()).isEqualTo(2);
    assertThat(in.key()).isEqualTo(bytes("k"));
    assertThat(in.value()).isEqualTo(made.encoded(request()));
    assertThat(RecordHeaders.last(in.headers(), "traceparent")).contains("00-1");
    assertThat(Lineage.of(in.headers()))
        .contains(
            new Lineage(
                "op-1",
                1,
                java.util.Optional.of("a-2-7"),
                java.util.Optional.of("a-2-7"),
                2,
                false));
  }

  @Test
  void shouldGiveEachReplayAGenerationOfItsOwnAndTheRootOfItsLineage() {
    OriginalRecord original = original("actions.requests", made.encoded(request()));
    DeadLetter child =
        DeadLetter.newBuilder(letter(original).getLetter())
            .setGeneration(2)
            .setParentId("a-2-5")
            .setRootId("a-2-1")
            .build();
    DeskLetter replayedBefore =
        DeskLetter.newBuilder(letter(original)).setLetter(child).setReplays(1).build();

    Lineage lineage =
        Lineage.of(
                ready(replayedBefore, replay().setForceNewGeneration(true).build())
                    .resubmission()
                    .headers())
            .orElseThrow();

    assertThat(lineage.generation()).isEqualTo(4);
    assertThat(lineage.rootId()).contains("a-2-1");
    assertThat(lineage.forced()).isTrue();
    assertThat(left(replayedBefore, replay().setMaxGeneration(3).build()))
        .isEqualTo(
            new Verdict.Left(
                PassedOver.GENERATION,
                "its replay would be of generation 4, and 3 is the highest that was asked for"));
  }

  @Test
  void shouldHaveNoParentForARequestFromItsTopic() {
    OriginalRecord original = original("actions.requests", made.encoded(request()));
    List<RecordHeader> before =
        new Lineage("op-0", 3, java.util.Optional.of("x"), java.util.Optional.of("x"), 1, false)
            .stamp(original.getHeaders());
    OriginalRecord again = OriginalRecord.newBuilder(original).setHeaders(before).build();

    Lineage lineage =
        Lineage.of(ready(StagedRequest.asLetter(again), replay().build()).resubmission().headers())
            .orElseThrow();

    assertThat(lineage.generation()).isEqualTo(4);
    assertThat(lineage.parentId()).isEmpty();
    assertThat(lineage.rootId()).isEmpty();
  }

  @Test
  void shouldLeaveWhatWasCut() {
    DeskLetter letter = letter(original("actions.requests", made.encoded(request())));
    letter =
        DeskLetter.newBuilder(letter)
            .setLetter(DeadLetter.newBuilder(letter.getLetter()).setOriginalTruncated(true).build())
            .build();

    assertThat(left(letter, replay().build()).why()).isEqualTo(PassedOver.CUT);
  }

  @Test
  void shouldLeaveWhatStoodOnAnotherTopic() {
    byte[] value = made.encoded(request());

    Verdict.Left elsewhere = left(letter(original("actions.commands", value)), replay().build());

    assertThat(elsewhere.why()).isEqualTo(PassedOver.NOWHERE);
    assertThat(elsewhere.message()).contains("actions.commands");
    assertThat(
            left(letter(original("actions.fallback.gone.target", value)), replay().build()).why())
        .isEqualTo(PassedOver.NOWHERE);
    OriginalRecord unsent =
        OriginalRecord.newBuilder(original("actions.requests", value)).setPartition(-1).build();
    assertThat(left(letter(unsent), replay().build()).why()).isEqualTo(PassedOver.NOWHERE);
  }

  @Test
  void shouldSendACopyOfARequestToTheRequests() {
    DeskLetter letter = letter(original("actions.requests.by-key", made.encoded(request())));

    assertThat(ready(letter, replay().build()).resubmission().topic())
        .isEqualTo("actions.requests");
  }

  @Test
  void shouldLeaveWhatWouldBeRefusedAgain() {
    Verdict.Left garbage =
        left(letter(original("actions.requests", bytes("oops"))), replay().build());
    Verdict.Left invalid =
        left(
            letter(
                original(
                    "actions.requests",
                    made.encoded(
                        ActionRequest.newBuilder(request())
                            .setPayload(TaskPayload.newBuilder().build())
                            .build()))),
            replay().build());
    Verdict.Left late =
        left(
            letter(
                original(
                    "actions.requests",
                    made.encoded(
                        ActionRequest.newBuilder(request())
                            .setDeadline(Instant.ofEpochMilli(NOW))
                            .build()))),
            replay().build());

    assertThat(List.of(garbage.why(), invalid.why(), late.why())).containsOnly(PassedOver.INVALID);
    assertThat(garbage.message()).contains("looks like text");
    assertThat(invalid.message()).isEqualTo("payload.title is missing");
    assertThat(late.message()).contains("deadline, " + Letters.START);
  }

  @Test
  void shouldLeaveWhatTheHeadersOfItsLineageWouldMakeTooLargeForItsTopic() {
    byte[] value = made.encoded(request());
    DeskLetter fits = letter(withHeader(original("actions.requests", value), 9_000));
    DeskLetter doesNot = letter(withHeader(original("actions.requests", value), 9_600));

    assertThat(ready(fits, replay().build()).resubmission().value()).isEqualTo(value);
    Verdict.Left tooLarge = left(doesNot, replay().build());
    assertThat(tooLarge.why()).isEqualTo(PassedOver.INVALID);
    assertThat(tooLarge.message()).contains("actions.requests takes 10,000", "max-request-size");
  }

  private static OriginalRecord withHeader(OriginalRecord original, int bytes) {
    return OriginalRecord.newBuilder(original)
        .setHeaders(List.of(new RecordHeader("note", ByteBuffer.allocate(bytes))))
        .build();
  }

  @Test
  void shouldSayThatASchemaIsNotKnownYet() {
    byte[] value = made.encoded(request());
    ByteBuffer.wrap(value).putInt(1, 4711);

    Verdict.Left left = left(letter(original("actions.requests", value)), replay().build());

    assertThat(left.why()).isEqualTo(PassedOver.INVALID);
    assertThat(left.message()).contains("schema (id 4711) is not known here yet");
  }

  @Test
  void shouldPatchThePayloadAndNothingElse() {
    DeskLetter letter = letter(original("actions.requests", made.encoded(request())));

    ActionRequest patched =
        made.request(
            ready(letter, replay().setPatch("{\"title\":\"B\",\"description\":null}").build())
                .resubmission()
                .value());

    TaskPayload payload = (TaskPayload) patched.getPayload();
    assertThat(payload.getTitle()).isEqualTo("B");
    assertThat(payload.getDescription()).isNull();
    assertThat(payload.getContainer()).isEqualTo("db");
    assertThat(patched.getIdempotencyKey()).isEqualTo(IdempotencyKey.of(request()));
    assertThat(
            ActionRequest.newBuilder(patched)
                .setPayload(request().getPayload())
                .setIdempotencyKey(null)
                .build())
        .isEqualTo(request());
  }

  @Test
  void shouldNameTheFieldThatAPatchDoesNotFit() {
    DeskLetter letter = letter(original("actions.requests", made.encoded(request())));

    assertThat(left(letter, replay().setPatch("{\"titel\":\"B\"}").build()).message())
        .isEqualTo(
            "the patch does not fit: payload.titel is not a field of TaskPayload: did you mean"
                + " title?");
    assertThat(left(letter, replay().setPatch("{\"title\":5}").build()).message())
        .contains("payload.title must be text in quotes, but is 5");
    assertThat(left(letter, replay().setPatch("{\"title\":null}").build()).message())
        .isEqualTo("payload.title is missing");
  }

  @Test
  void shouldSendStraightToATargetWhatItTakes() {
    DeskLetter letter = letter(original("actions.requests", made.encoded(request())));

    Verdict.Ready ready = ready(letter, replay().setTo("trello:createCard").build());

    FallbackRequest hop = made.hop(ready.resubmission().value());
    assertThat(ready.target()).isEqualTo("trello:createCard");
    assertThat(ready.resubmission().topic()).isEqualTo("actions.fallback.trello.createCard");
    assertThat(ready.resubmission().key()).isEqualTo(bytes("k"));
    assertThat(Lineage.of(ready.resubmission().headers())).isPresent();
    assertThat(hop.getRequest()).isEqualTo(request());
    assertThat(hop.getIdempotencyKey()).isEqualTo(IdempotencyKey.of(request()));
    assertThat(hop.getSteps()).containsExactly("trello:createCard");
    assertThat(hop.getSource()).isEqualTo("replay");
    assertThat(hop.getOriginal().getOffset()).isEqualTo(7);
    assertThat(hop.getOriginal().getHeaders()).isEmpty();
    assertThat(hop.getOriginal().getValue()).isEqualTo(ByteBuffer.wrap(made.encoded(request())));
  }

  @Test
  void shouldCarryAPatchedPayloadStraightToATarget() {
    DeskLetter letter = letter(original("actions.requests", made.encoded(request())));
    OperationPlan plan = replay().setTo("trello:createCard").setPatch("{\"title\":\"B\"}").build();

    FallbackRequest hop = made.hop(ready(letter, plan).resubmission().value());

    assertThat(((TaskPayload) hop.getRequest().getPayload()).getTitle()).isEqualTo("B");
    assertThat(made.request(RecordHeaders.bytes(hop.getOriginal().getValue())))
        .isEqualTo(hop.getRequest());
    assertThat(hop.getIdempotencyKey()).isEqualTo(IdempotencyKey.of(request()));
  }

  @Test
  void shouldLeaveWhatATargetDoesNotTake() {
    DeskLetter letter = letter(original("actions.requests", made.encoded(request())));

    assertThat(left(letter, replay().setTo("notion:updatePage").build()).message())
        .contains("notion:updatePage cannot take what was meant for notion:createPage");
    assertThat(left(letter, replay().setTo("slack:postMessage").build()).message())
        .isEqualTo("slack:postMessage cannot take it: no words");
  }

  @Test
  void shouldSayWhatNoLetterCanBeReplayedWith() {
    assertThat(made.resubmitting.problem(replay().setTo("trello:createCart").build()))
        .hasValueSatisfying(
            problem -> assertThat(problem).contains("there is no target 'trello:createCart'"));
    assertThat(made.resubmitting.problem(replay().setPatch("[1]").build()))
        .hasValueSatisfying(problem -> assertThat(problem).contains("no JSON object"));
    assertThat(made.resubmitting.problem(replay().setPatch("{").build()))
        .hasValueSatisfying(problem -> assertThat(problem).contains("no JSON"));
    assertThat(
            made.resubmitting.problem(
                replay().setTo("trello:createCard").setOnlyFailedStep(true).build()))
        .isPresent();
    assertThat(made.resubmitting.problem(replay().setTo("trello:createCard").build())).isEmpty();
  }

  @Test
  void shouldTryTheActionAloneWhereItWasTheOnlyStep() {
    DeskLetter letter = letter(original("actions.requests", made.encoded(request())));

    Verdict.Ready ready = ready(letter, replay().setOnlyFailedStep(true).build());

    ActionRequest request = made.request(ready.resubmission().value());
    assertThat(ready.resubmission().topic()).isEqualTo("actions.requests");
    assertThat(request.getPolicy().getFallbackSteps()).containsExactly(Steps.DEAD_LETTER);
    assertThat(request.getPayload()).isEqualTo(request().getPayload());
  }

  @Test
  void shouldTryTheStepThatWasTriedLast() {
    OriginalRecord original = original("actions.requests", made.encoded(request()));
    DeadLetter failed =
        DeadLetter.newBuilder(letter(original).getLetter())
            .setAttempts(
                List.of(
                    attempt("notion:createPage"),
                    attempt("trello:createCard"),
                    attempt(Steps.SKIP)))
            .build();
    DeskLetter letter = DeskLetter.newBuilder(letter(original)).setLetter(failed).build();

    assertThat(ready(letter, replay().setOnlyFailedStep(true).build()).target())
        .isEqualTo("trello:createCard");
  }

  @Test
  void shouldSendARequestOfAStepBackToIt() {
    FallbackRequest hop =
        FallbackRequest.newBuilder()
            .setRequest(request())
            .setIdempotencyKey("own")
            .setOriginal(original("actions.requests", made.encoded(request())))
            .setSteps(List.of("trello:createCard"))
            .setPosition(0)
            .setSource("request")
            .setReceivedAt(Letters.START)
            .build();
    String topic = "actions.fallback.trello.createCard";
    FallbackRequest bare =
        FallbackRequest.newBuilder(hop)
            .setOriginal(OriginalRecord.newBuilder(hop.getOriginal()).setHeaders(List.of()).build())
            .build();

    Verdict.Ready asItCame = ready(letter(original(topic, made.encoded(bare))), replay().build());
    Verdict.Ready stamped = ready(letter(original(topic, made.encoded(hop))), replay().build());
    Verdict.Ready patched =
        ready(
            letter(original(topic, made.encoded(bare))),
            replay().setPatch("{\"title\":\"B\"}").build());

    assertThat(asItCame.resubmission().value()).isEqualTo(made.encoded(bare));
    assertThat(asItCame.resubmission().topic()).isEqualTo(topic);
    assertThat(Lineage.of(made.hop(stamped.resubmission().value()).getOriginal().getHeaders()))
        .isPresent();
    FallbackRequest changed = made.hop(patched.resubmission().value());
    assertThat(((TaskPayload) changed.getRequest().getPayload()).getTitle()).isEqualTo("B");
    assertThat(made.request(RecordHeaders.bytes(changed.getOriginal().getValue())))
        .isEqualTo(changed.getRequest());
  }

  @Test
  void shouldReplaceOnlyWhatAPatchNames() {
    ActionRequest request =
        ActionRequest.newBuilder(request())
            .setPayload(
                TaskPayload.newBuilder((TaskPayload) request().getPayload())
                    .setProperties(Map.of("a", "1", "b", "2"))
                    .build())
            .build();

    TaskPayload patched =
        (TaskPayload)
            PayloadPatch.apply("{\"properties\":{\"a\":null,\"c\":\"3\"}}", request).getPayload();

    assertThat(patched.getProperties()).isEqualTo(Map.of("b", "2", "c", "3"));
  }

  private Verdict.Ready ready(DeskLetter letter, OperationPlan plan) {
    return (Verdict.Ready) made.resubmitting.of(letter, plan, "op-1", 2, NOW);
  }

  private Verdict.Left left(DeskLetter letter, OperationPlan plan) {
    return (Verdict.Left) made.resubmitting.of(letter, plan, "op-1", 2, NOW);
  }

  private static OperationPlan.Builder replay() {
    return OperationPlan.newBuilder().setKind(OperationKind.REPLAY);
  }

  private static DeskLetter letter(OriginalRecord original) {
    DeadLetter letter =
        DeadLetter.newBuilder(Letters.failed("a-2-7", Letters.START, "down"))
            .setAttempts(List.of(attempt("notion:createPage")))
            .setOriginal(original)
            .build();
    return DeskLetter.newBuilder()
        .setStatus(LetterStatus.OPEN)
        .setFingerprint("f")
        .setLetter(letter)
        .build();
  }

  private static Attempt attempt(String target) {
    return Attempt.newBuilder()
        .setTarget(target)
        .setNumber(1)
        .setStartedAt(Letters.START)
        .setDurationMs(1)
        .setOutcome(AttemptOutcome.RETRYABLE)
        .build();
  }

  private static OriginalRecord original(String topic, byte[] value) {
    return new OriginalRecord(
        topic,
        2,
        7L,
        5L,
        ByteBuffer.wrap(bytes("k")),
        ByteBuffer.wrap(value),
        List.of(new RecordHeader("traceparent", ByteBuffer.wrap(bytes("00-1")))));
  }

  private static ActionRequest request() {
    return ActionRequest.newBuilder()
        .setRequestId("r-1")
        .setAction("notion:createPage")
        .setPayload(
            TaskPayload.newBuilder()
                .setTitle("A")
                .setDescription("text")
                .setContainer("db")
                .build())
        .setSubmitter("ann")
        .build();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
