package io.backstop.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.backstop.action.ActionRequest;
import io.backstop.action.InFlightWork;
import io.backstop.action.OriginalRecord;
import io.backstop.action.Priority;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class StateSerdeTest {
  private final StateSerde<InFlightWork> serde = new StateSerde<>(InFlightWork.class);

  private static InFlightWork work() {
    var original =
        OriginalRecord.newBuilder()
            .setTopic("actions.requests")
            .setPartition(1)
            .setOffset(2)
            .setTimestamp(3)
            .setValue(ByteBuffer.wrap(new byte[] {1, 2, 3}))
            .build();
    return InFlightWork.newBuilder()
        .setRequestId("r")
        .setTarget("notion:createPage")
        .setPriority(Priority.HIGH)
        .setOriginal(original)
        .setAttempts(List.of())
        .setReceivedAt(Instant.ofEpochMilli(5))
        .build();
  }

  @Test
  void shouldReadWhatItWrote() {
    var bytes = serde.serializer().serialize("store", work());

    assertThat(serde.deserializer().deserialize("store", bytes)).isEqualTo(work());
    assertThat(serde.encode(null)).isNull();
    assertThat(serde.decode(null)).isNull();
  }

  @Test
  void shouldWriteAvroSingleObjectEncoding() throws Exception {
    var bytes = serde.encode(work());

    assertThat(InFlightWork.getDecoder().decode(bytes)).isEqualTo(work());
  }

  @Test
  void shouldReadWhatEveryCommittedVersionWrote() throws Exception {
    for (var version : SchemaHistory.of("state/InFlightWork")) {
      var current = serde.encode(work());
      var body = DecoderFactory.get().binaryDecoder(current, 10, current.length - 10, null);
      var generic =
          new GenericDatumReader<Object>(InFlightWork.getClassSchema(), version).read(null, body);
      var written = new BinaryMessageEncoder<>(GenericData.get(), version).encode(generic);

      assertThat(serde.decode(written.array())).isEqualTo(work());
    }
  }

  @Test
  void shouldReadWhatAnOlderVersionWithOtherFieldsWrote() throws Exception {
    var json = PlainSchema.of(InFlightWork.getClassSchema()).toString();
    var older = new Schema.Parser().parse(json.replace("waitingSequence", "formerSequence"));
    var record = new GenericData.Record(older);
    record.put("requestId", "r");
    record.put("target", "notion:createPage");
    record.put("priority", new GenericData.EnumSymbol(older.getField("priority").schema(), "HIGH"));
    record.put("original", work().getOriginal());
    record.put("formerSequence", 7L);
    record.put("attempts", List.of());
    record.put("receivedAt", 5L);
    var written = new BinaryMessageEncoder<>(GenericData.get(), older).encode(record);

    var read = new StateSerde<>(InFlightWork.class, List.of(older)).decode(written.array());

    assertThat(read).isEqualTo(work());
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> serde.decode(written.array()));
  }

  @Test
  void shouldSayThatANewerVersionWroteIt() {
    var bytes = serde.encode(work());
    bytes[5] ^= 1;

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> serde.decode(bytes))
        .withMessageContaining("stored InFlightWork was written by a version");
  }

  @Test
  void shouldSayThatStoredBytesAreDamaged() {
    var bytes = serde.encode(work());

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> serde.decode(Arrays.copyOf(bytes, bytes.length - 1)));
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> serde.decode(new byte[3]))
        .withMessageContaining("no InFlightWork");
  }

  @Test
  void shouldInsistOnACommittedHistory() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new StateSerde<>(ActionRequest.class))
        .withMessageContaining("no history of ActionRequest");
  }
}
