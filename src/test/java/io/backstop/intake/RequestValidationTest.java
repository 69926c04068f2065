package io.backstop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FailureClass;
import io.backstop.action.OriginalRecord;
import io.backstop.executor.Targets;
import io.backstop.testing.TestConfig;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no client of ours can send, but a foreign one can. */
class RequestValidationTest {
  private static final long NOW = 1_772_000_000_000L;

  private final RequestValidation validation =
      new RequestValidation(
          Targets.of(List.of()), TestConfig.with().intake(), request -> List.of());

  @ParameterizedTest
  @ValueSource(longs = {-1, -1_000, Long.MIN_VALUE})
  void shouldRefuseANegativeRecordTimestampAndSayWhatToSet(long timestamp) {
    var refusal = validation.ofRecord(record(timestamp), new byte[10], NOW).orElseThrow();

    assertThat(refusal.failureClass()).isEqualTo(FailureClass.VALIDATION);
    assertThat(refusal.reason())
        .contains("record timestamp " + timestamp + " is negative", "epoch milliseconds");
  }

  @ParameterizedTest
  @ValueSource(longs = {NOW + 86_400_001, NOW * 1_000, Long.MAX_VALUE})
  void shouldRefuseARecordTimestampFarAheadAndNameTheMistakeOfUnit(long timestamp) {
    var refusal = validation.ofRecord(record(timestamp), new byte[10], NOW).orElseThrow();

    assertThat(refusal.reason()).contains("record timestamp " + timestamp, "not microseconds");
  }

  @Test
  void shouldLetAnOldRecordIn() {
    assertThat(validation.ofRecord(record(0), new byte[10], NOW)).isEmpty();
  }

  private static OriginalRecord record(long timestamp) {
    return OriginalRecord.newBuilder()
        .setTopic("actions.requests")
        .setPartition(0)
        .setOffset(0)
        .setTimestamp(timestamp)
        .setValue(ByteBuffer.wrap(new byte[10]))
        .build();
  }
}
