package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.DeadLetter;
import io.backstop.action.FallbackRequest;
import io.backstop.action.OriginalRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others write to the topic of a fallback step ends once, whatever it says. */
class ForeignFallbackScenarioTest {
  private static final String STEP = "queue:retry";

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

  private static FallbackRequest.Builder foreign(ActionScenario flow, String id) {
    ActionRequest request = request(id);
    return FallbackRequest.newBuilder()
        .setRequest(request)
        .setIdempotencyKey(id)
        .setOriginal(original(flow.requestEncoder.encode(request), -1, -1))
        .setSteps(List.of(STEP))
        .setPosition(0)
        .setSource("theirs")
        .setReceivedAt(ActionScenario.START);
  }

  private static OriginalRecord original(byte[] value, int partition, long offset) {
    return OriginalRecord.newBuilder()
        .setTopic("theirs")
        .setPartition(partition)
        .setOffset(offset)
        .setTimestamp(0)
        .setValue(ByteBuffer.wrap(value))
        .build();
  }

  @Test
  void shouldRefuseARequestThatWasParkedLessThanNever() {
    flow.publishFallback(STEP, foreign(flow, "r-1").setParks(Integer.MIN_VALUE).build());
    flow.tick();

    assertThat(flow.deadLetters())
        .singleElement()
        .extracting(DeadLetter::getReason)
        .asString()
        .contains("parks is -2147483648");
  }

  @Test
  void shouldGiveLettersOfRequestsFromUnknownPartitionsDifferentIds() {
    for (String id : List.of("r-1", "r-2")) {
      byte[] value = id.getBytes(StandardCharsets.UTF_8);
      flow.publishFallback(
          STEP,
          foreign(flow, id)
              .setOriginal(original(value, -1, 5))
              .setSteps(List.of("dead-letter"))
              .build());
    }
    flow.tick();

    assertThat(flow.deadLetters()).hasSize(2).extracting(DeadLetter::getId).doesNotHaveDuplicates();
  }
}
