package io.backstop.topology;

import static io.backstop.topology.NodeNames.*;

import io.backstop.intake.ArrivalTimeExtractor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/** Where operators find what could not be done: the dead letters again, put on the desk. */
final class DeskTopology {
  private DeskTopology() {}

  static void addTo(Topology topology, TopologyParts parts) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        DEAD_LETTERS_SOURCE,
        new ArrivalTimeExtractor(parts.clock()),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        parts.topics().deadLetters());
    topology.addProcessor(DEAD_LETTER_DESK, parts.desk(), DEAD_LETTERS_SOURCE);
  }
}
