package io.backstop.topology;

import io.backstop.action.FallbackHop;
import io.backstop.action.Steps;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;

/** The topic of the step that a request is on its way to. */
record StepTopic(Topics topics) implements TopicNameExtractor<byte[], FallbackHop> {

  @Override
  public String extract(byte[] key, FallbackHop hop, RecordContext context) {
    return topics.fallback(Steps.topicOf(hop.step()).orElseThrow());
  }
}
