package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.DeadLetter;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitioned by idempotency key a record takes one more hop, of which nothing shows outside. */
class HopScenarioTest {
  @TempDir private Path stateDir;
  private final RecordHeaders headers = new RecordHeaders();
  private final Instant published = ActionScenario.START.minusSeconds(30);
  private ActionScenario flow;

  @BeforeEach
  void start() {
    flow = new ActionScenario(stateDir, "backstop.intake.partitioning", "by-idempotency-key");
    headers.add("tenant", utf8("blue"));
    headers.add("traceparent", utf8("00-a-b-01"));
  }

  @AfterEach
  void stop() {
    flow.close();
  }

  @Test
  void shouldHopToTheIdempotencyKeyAndGiveTheResultItsFirstKeyAndHeaders() {
    publish(utf8("customer-7"), request("r-1"));
    flow.calls.get(0).succeed("{}");
    flow.tick();

    TestRecord<byte[], ActionResult> result = only(flow.resultRecords());
    assertThat(result.key()).isEqualTo(utf8("customer-7"));
    assertThat(result.headers()).isEqualTo(headers);
    assertThat(flow.calls.get(0).context().traceparent()).contains("00-a-b-01");
    var hopped =
        flow.driver
            .createOutputTopic(
                "actions.requests.by-key", new ByteArrayDeserializer(), new ByteArrayDeserializer())
            .readRecord();
    assertThat(hopped.key()).isEqualTo(utf8(result.value().getIdempotencyKey()));
  }

  @Test
  void shouldNameTheFirstCoordinatesInADeadLetterFromBeyondTheHop() {
    publish(null, request("r-0"));
    publish(null, request("r-1"));
    flow.calls
        .get(1)
        .answer()
        .complete(new Outcome.Permanent(FailureClass.CONFLICT, "no", OptionalInt.of(409)));
    flow.tick();

    TestRecord<byte[], DeadLetter> letter = only(flow.deadLetterRecords());
    assertThat(letter.value().getId()).isEqualTo("actions.requests-0-1");
    assertThat(letter.value().getOriginal().getTopic()).isEqualTo("actions.requests");
    assertThat(letter.value().getOriginal().getTimestamp()).isEqualTo(published.toEpochMilli());
    assertThat(letter.value().getOriginal().getKey()).isNull();
    assertThat(letter.value().getOriginal().getHeaders()).hasSize(2);
    assertThat(letter.key()).isNull();
    assertThat(letter.headers()).isEqualTo(headers);
  }

  @Test
  void shouldRefuseBadInputBeforeTheHop() {
    publish(utf8("k"), ActionRequest.newBuilder(request("r-1")).setAction("a:b").build());

    assertThat(only(flow.deadLetters()).getOriginal().getKey())
        .isEqualTo(ByteBuffer.wrap(utf8("k")));
  }

  @Test
  void shouldBringDuplicatesWithoutRecordKeyTogether() {
    publish(null, request("r-1"));
    publish(null, ActionRequest.newBuilder(request("r-1")).setRequestId("r-2").build());

    assertThat(only(flow.results()).getDuplicateOf()).isEqualTo("r-1");
    assertThat(flow.calls).hasSize(1);
    assertThat(flow.meters.find("backstop.records.unkeyed").counters()).isEmpty();
  }

  @Test
  void shouldNotBelieveAnOriginThatAnUpstreamClaims() {
    headers.add("backstop-origin-coordinates", utf8("elsewhere/9/9/9"));
    headers.add("backstop-origin-key", utf8("forged"));
    publish(utf8("k"), request("r-1"));
    flow.calls
        .get(0)
        .answer()
        .complete(new Outcome.Permanent(FailureClass.CONFLICT, "no", OptionalInt.of(409)));
    flow.tick();

    assertThat(only(flow.deadLetters()).getId()).isEqualTo("actions.requests-0-0");
  }

  private void publish(byte[] key, ActionRequest request) {
    flow.requests.pipeInput(
        new TestRecord<>(key, flow.requestEncoder.encode(request), headers, published));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static <T> T only(List<T> items) {
    assertThat(items).hasSize(1);
    return items.get(0);
  }
}
