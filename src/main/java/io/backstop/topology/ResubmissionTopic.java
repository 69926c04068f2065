package io.backstop.topology;

import io.backstop.action.Resubmission;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;

/** The topic that a replayed request is sent in by. Its name stands in the topology docs. */
record ResubmissionTopic() implements TopicNameExtractor<byte[], Resubmission> {

  @Override
  public String extract(byte[] key, Resubmission again, RecordContext context) {
    return again.topic();
  }
}
