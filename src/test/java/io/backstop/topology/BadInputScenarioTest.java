package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.DeadLetter;
import io.backstop.action.FailureClass;
import io.backstop.action.MessagePayload;
import io.backstop.action.TaskPayload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of bad input gets one dead letter that names the field and the mend. */
class BadInputScenarioTest {
  @TempDir private Path stateDir;
  private ActionScenario flow;

  @BeforeEach
  void start() {
    flow = new ActionScenario(stateDir);
  }

  @AfterEach
  void stop() {
    flow.close();
  }

  static Stream<Arguments> undecodable() {
    return Stream.of(
        Arguments.of(utf8("{\"requestId\":1}"), "looks like JSON; publish with the Confluent"),
        Arguments.of(utf8("hello"), "looks like text"),
        Arguments.of(new byte[0], "0 bytes; a record in Confluent wire format has at least 6"),
        Arguments.of(new byte[] {0, 0, 0, 0, 1}, "5 bytes"),
        Arguments.of(new byte[] {0, -1, 0, 0, 1, 5, 5}, "schema id -16777215 is negative"));
  }

  @ParameterizedTest
  @MethodSource("undecodable")
  void shouldSayWhatBytesThatAreNoRecordLookLike(byte[] value, String reason) {
    flow.publish(utf8("k"), value);

    DeadLetter letter = only(flow.deadLetters());
    assertThat(letter.getFailureClass()).isEqualTo(FailureClass.UNDECODABLE);
    assertThat(letter.getReason()).contains(reason);
    assertThat(letter.getOriginal().getValue()).isEqualTo(ByteBuffer.wrap(value));
    assertThat(letter.getRequest()).isNull();
  }

  @Test
  void shouldSayThatARecordEndsEarly() {
    byte[] whole = flow.requestEncoder.encode(request("r-1"));
    flow.publish(utf8("k"), Arrays.copyOf(whole, whole.length - 3));

    assertThat(only(flow.deadLetters()).getReason()).contains("ends early");
  }

  @Test
  void shouldKeepKeyHeadersCoordinatesAndTimestampOfWhatItRefuses() {
    var headers = new RecordHeaders();
    headers.add("tenant", utf8("blue"));
    headers.add("nothing", null);
    flow.publish(utf8("first"), utf8("x"));
    Instant published = ActionScenario.START.minusSeconds(60);
    flow.requests.pipeInput(new TestRecord<>(utf8("key"), utf8("oops"), headers, published));

    TestRecord<byte[], DeadLetter> letter = flow.deadLetterRecords().get(1);
    var original = letter.value().getOriginal();
    assertThat(letter.value().getId()).isEqualTo("actions.requests-0-1");
    assertThat(letter.value().getRootId()).isEqualTo(letter.value().getId());
    assertThat(letter.key()).isEqualTo(utf8("key"));
    assertThat(letter.headers()).isEqualTo(headers);
    assertThat(original.getTopic()).isEqualTo("actions.requests");
    assertThat(original.getPartition()).isZero();
    assertThat(original.getOffset()).isEqualTo(1);
    assertThat(original.getTimestamp()).isEqualTo(published.toEpochMilli());
    assertThat(original.getKey()).isEqualTo(ByteBuffer.wrap(utf8("key")));
    assertThat(original.getHeaders())
        .extracting(header -> header.getName())
        .containsExactly("tenant", "nothing");
    assertThat(original.getHeaders().get(1).getValue()).isNull();
    assertThat(letter.value().getOriginalValueSize()).isEqualTo(4);
    assertThat(letter.value().getOriginalTruncated()).isFalse();
  }

  @Test
  void shouldRefuseANullValue() {
    flow.publish(utf8("k"), null);

    DeadLetter letter = only(flow.deadLetters());
    assertThat(letter.getFailureClass()).isEqualTo(FailureClass.UNDECODABLE);
    assertThat(letter.getReason()).startsWith("value is null").contains("no tombstones");
    assertThat(letter.getOriginal().getValue()).isNull();
    assertThat(letter.getOriginalValueSize()).isEqualTo(-1);
  }

  @Test
  void shouldNameASchemaIdThatTheRegistryDoesNotHave() {
    flow.publish(utf8("k"), new byte[] {0, 0, 0, 1, 9, 1, 1});

    DeadLetter letter = only(awaitLetters());
    assertThat(letter.getFailureClass()).isEqualTo(FailureClass.UNDECODABLE);
    assertThat(letter.getReason()).contains("265", "same registry");
  }

  @Test
  void shouldNameTheTypeOfAnotherRecord() {
    Schema other =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"shop\",\"fields\":[{\"name\":\"n\",\"type\":\"int\"}]}");
    int id = flow.register("orders-value", other);
    flow.publish(utf8("k"), ByteBuffer.allocate(6).put((byte) 0).putInt(id).put((byte) 2).array());

    assertThat(only(awaitLetters()).getReason())
        .contains("shop.Order")
        .contains("not io.backstop.action.ActionRequest");
  }

  @Test
  void shouldRefuseAnOversizeValueAndKeepItsStart() {
    flow.publish(utf8("k"), new byte[5_000_000]);

    DeadLetter letter = only(flow.deadLetters());
    assertThat(letter.getFailureClass()).isEqualTo(FailureClass.VALIDATION);
    assertThat(letter.getReason())
        .contains("value has 5,000,000 bytes", "backstop.intake.max-request-size", "smaller");
    assertThat(letter.getOriginalTruncated()).isTrue();
    assertThat(letter.getOriginalValueSize()).isEqualTo(5_000_000);
  }

  @Test
  void shouldRefuseOversizeHeaders() {
    var headers = new RecordHeaders();
    headers.add("big", new byte[1_100_000]);
    byte[] value = flow.requestEncoder.encode(request("r-1"));
    flow.requests.pipeInput(new TestRecord<>(utf8("k"), value, headers, ActionScenario.START));

    assertThat(only(flow.deadLetters()).getReason()).contains("key and headers", "in the payload");
    assertThat(flow.calls).isEmpty();
  }

  static Stream<Arguments> invalid() {
    var longKey = "k".repeat(201);
    return Stream.of(
        invalid(
            "'notion:fly' is not known here: use one of notion:createPage",
            builder -> builder.setAction("notion:fly")),
        invalid("action '' is not known", builder -> builder.setAction("")),
        invalid(
            "payload is a MessagePayload, but notion:createPage takes a TaskPayload",
            builder -> builder.setPayload(MessagePayload.newBuilder().setText("hi").build())),
        invalid(
            "payload.title is missing: give it one",
            builder -> builder.setPayload(TaskPayload.newBuilder().build())),
        invalid("requestId is empty", builder -> builder.setRequestId(" ")),
        invalid("requestId has 300 characters", builder -> builder.setRequestId("x".repeat(300))),
        invalid("idempotencyKey is empty", builder -> builder.setIdempotencyKey("")),
        invalid(
            "idempotencyKey has 201 characters: at most 200",
            builder -> builder.setIdempotencyKey(longKey)),
        invalid(
            "more than 366 days ahead: set epoch milliseconds",
            builder -> builder.setDeadline(ActionScenario.START.plus(Duration.ofDays(400)))));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void shouldNameTheFieldAndTheMend(String reason, ActionRequest request) {
    flow.publish(utf8("k"), flow.requestEncoder.encode(request));

    DeadLetter letter = only(flow.deadLetters());
    assertThat(letter.getFailureClass()).isEqualTo(FailureClass.VALIDATION);
    assertThat(letter.getReason()).contains(reason);
    assertThat(letter.getRequest()).isEqualTo(request);
    assertThat(flow.results()).isEmpty();
    assertThat(flow.calls).isEmpty();
  }

  @Test
  void shouldTakeADeadlineBeforeAllTimeForAPassedOne() {
    flow.publish(
        ActionRequest.newBuilder(request("r-1"))
            .setDeadline(Instant.ofEpochMilli(Long.MIN_VALUE))
            .build());

    assertThat(only(flow.deadLetters()).getFailureClass()).isEqualTo(FailureClass.EXPIRED);
  }

  @Test
  void shouldRefuseARecordTimestampInMicroseconds() {
    Instant micros = Instant.ofEpochMilli(ActionScenario.START.toEpochMilli() * 1_000);
    byte[] value = flow.requestEncoder.encode(request("r-1"));
    flow.requests.pipeInput(new TestRecord<>(utf8("k"), value, micros));

    DeadLetter letter = only(flow.deadLetters());
    assertThat(letter.getReason()).contains("record timestamp", "not microseconds");
    assertThat(letter.getOriginal().getTimestamp()).isEqualTo(micros.toEpochMilli());
  }

  @Test
  void shouldGiveALateDuplicateTheStoredResultAlthoughItsDeadlineHasPassed() {
    var request =
        ActionRequest.newBuilder(request("r-1"))
            .setDeadline(ActionScenario.START.plusSeconds(10))
            .build();
    flow.publish(request);
    flow.calls.get(0).succeed("{}");
    flow.tick(Duration.ofSeconds(60));
    flow.publish(ActionRequest.newBuilder(request).setRequestId("r-2").build());

    assertThat(flow.results()).hasSize(2).last().matches(r -> r.getDuplicateOf().equals("r-1"));
    assertThat(flow.deadLetters()).isEmpty();
  }

  private List<DeadLetter> awaitLetters() {
    return Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              flow.tick(Duration.ofMillis(20));
              return flow.deadLetters();
            },
            letters -> !letters.isEmpty());
  }

  private static Arguments invalid(
      String reason, java.util.function.UnaryOperator<ActionRequest.Builder> change) {
    return Arguments.of(reason, change.apply(ActionRequest.newBuilder(request("r-1"))).build());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static <T> T only(List<T> items) {
    assertThat(items).hasSize(1);
    return items.get(0);
  }
}
