package io.backstop.intake;

import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** Time of arrival as the record's time in the topology; the record's own is kept on its value. */
public final class ArrivalTimeExtractor implements TimestampExtractor {
  private final Clock clock;

  public ArrivalTimeExtractor(Clock clock) {
    this.clock = clock;
  }

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    if (record.value() instanceof RawValue raw) {
      raw.keepTimestamp(record.timestamp());
    }
    return clock.millis();
  }
}
