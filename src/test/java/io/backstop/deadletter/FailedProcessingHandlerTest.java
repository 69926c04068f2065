package io.backstop.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Failure;
import io.backstop.action.FailureClass;
import io.backstop.action.Lineage;
import io.backstop.action.OriginalRecord;
import io.backstop.metrics.ActionMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler.Response;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler.Result;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailedProcessingHandlerTest {
  private final FailedProcessingHandler handler = new FailedProcessingHandler();

  @BeforeEach
  void configure() {
    handler.configure(
        Map.of(
            LetterRecords.CONFIG_KEY,
            new LetterRecords(
                "actions.dead-letters",
                3,
                (topic, letter) -> letter.getId().getBytes(StandardCharsets.UTF_8),
                new LetterCount(new ActionMetrics(new SimpleMeterRegistry())),
                Clock.systemUTC())));
  }

  @Test
  void shouldMakeADeadLetterOfTheRecord() {
    Response response = failAt("actions.requests");

    assertThat(response.result()).isEqualTo(Result.RESUME);
    assertThat(response.deadLetterQueueRecords())
        .extracting(ProducerRecord::value)
        .containsExactly("actions.requests-0-7".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldMakeNoDeadLetterOfADeadLetter() {
    Response response = failAt("actions.dead-letters");

    assertThat(response.result()).isEqualTo(Result.RESUME);
    assertThat(response.deadLetterQueueRecords()).isEmpty();
  }

  @Test
  void shouldSendTheLetterOfAReplayedRequestToTheDeskThatReplayedIt() {
    assertThat(partitionOfReplayBy(2)).isEqualTo(2);
  }

  @Test
  void shouldNameNoPartitionThatIsNotThere() {
    assertThat(partitionOfReplayBy(3)).isNull();
  }

  private Integer partitionOfReplayBy(int desk) {
    Lineage lineage = new Lineage("op", 1, Optional.of("p"), Optional.of("r"), desk, false);
    Failure replayed =
        Failure.ofRecord(
            new OriginalRecord("actions.requests", 0, 7L, 0L, null, null, lineage.stamp(List.of())),
            FailureClass.INTERNAL,
            "why");
    Response response =
        handler.handleError(
            context("actions.requests"),
            new Record<>(new byte[0], replayed, 1L),
            new IllegalStateException("defect"));
    return response.deadLetterQueueRecords().get(0).partition();
  }

  private Response failAt(String topic) {
    Record<byte[], byte[]> record = new Record<>(new byte[0], new byte[0], 1L);
    return handler.handleError(context(topic), record, new IllegalStateException("defect"));
  }

  private static ErrorHandlerContext context(String topic) {
    Map<String, Object> answers =
        Map.of(
            "topic",
            topic,
            "partition",
            0,
            "offset",
            7L,
            "timestamp",
            1L,
            "headers",
            new RecordHeaders(),
            "processorNodeId",
            "node");
    return (ErrorHandlerContext)
        Proxy.newProxyInstance(
            FailedProcessingHandlerTest.class.getClassLoader(),
            new Class<?>[] {ErrorHandlerContext.class},
            (proxy, method, arguments) -> answers.get(method.getName()));
  }
}
