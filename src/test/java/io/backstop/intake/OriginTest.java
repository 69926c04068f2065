package io.backstop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeader;
import io.backstop.serde.KafkaHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

class OriginTest {
  private static final ByteBuffer VALUE = ByteBuffer.wrap(new byte[] {1, 2});

  @Property
  void shouldBeTheSameBeforeAndAfterTheHop(
      @ForAll @IntRange(min = 0) int partition,
      @ForAll @LongRange(min = 0) long offset,
      @ForAll long timestamp,
      @ForAll byte[] key,
      @ForAll boolean keyed) {
    ByteBuffer keyBytes = keyed ? ByteBuffer.wrap(key) : null;
    var headers = List.of(new RecordHeader("tenant", ByteBuffer.wrap(new byte[] {7})));
    var original =
        new OriginalRecord("some-topic.v1", partition, offset, timestamp, keyBytes, VALUE, headers);

    assertThat(Origin.beforeHop(hop(original))).isEqualTo(original);
  }

  @Test
  void shouldReplaceAnOriginThatTheRecordCarriedAlready() {
    var claimed =
        new OriginalRecord(
            "t",
            1,
            2L,
            3L,
            null,
            VALUE,
            List.of(
                new RecordHeader(
                    "backstop-origin-coordinates", ByteBuffer.wrap("x/9/9/9".getBytes()))));

    OriginalRecord after = Origin.beforeHop(hop(claimed));

    assertThat(after.getTopic()).isEqualTo("t");
    assertThat(after.getHeaders()).isEmpty();
  }

  @Test
  void shouldLeaveARecordWithoutOriginAsItIs() {
    var original = new OriginalRecord("t", 1, 2L, 3L, null, VALUE, List.of());

    assertThat(Origin.beforeHop(original)).isSameAs(original);
  }

  private static OriginalRecord hop(OriginalRecord original) {
    Headers headers = KafkaHeaders.of(original);
    Origin.stamp(headers, original);
    return new OriginalRecord(
        "by-key",
        0,
        0L,
        99L,
        ByteBuffer.wrap(new byte[] {9}),
        original.getValue(),
        KafkaHeaders.keep(headers));
  }
}
