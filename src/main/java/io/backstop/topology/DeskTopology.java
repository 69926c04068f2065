package io.backstop.topology;

import static io.backstop.topology.NodeNames.*;

import io.backstop.action.DeskReport;
import io.backstop.action.Resubmission;
import io.backstop.action.StoreNames;
import io.backstop.intake.ArrivalTimeExtractor;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * Where operators find what could not be done: the dead letters again, put on the desk, and the way
 * from there back in.
 */
final class DeskTopology {
  private DeskTopology() {}

  static void addTo(Topology topology, TopologyParts parts) {
    Topics topics = parts.topics();
    ByteArraySerializer bytes = new ByteArraySerializer();
    Serializer<Resubmission> asItIs = (topic, again) -> again.value();
    Serializer<DeskReport> reports = parts.deskReports();

    source(topology, DEAD_LETTERS_SOURCE, topics.deadLetters(), parts);
    source(topology, DESK_ORDERS_SOURCE, topics.deskOrders(), parts);
    topology.addProcessor(DEAD_LETTER_DESK, parts.desk(), DEAD_LETTERS_SOURCE, DESK_ORDERS_SOURCE);
    // The desk does not read it; sharing a store makes one task of a partition's requests and its
    // desk. As tasks of their own the desks would count as much as requests when tasks are handed
    // out, and an instance could be left with desks alone, and no work.
    topology.connectProcessorAndStateStores(DEAD_LETTER_DESK, StoreNames.FINISHED);
    topology.addSink(
        RESUBMISSIONS,
        new ResubmissionTopic(),
        bytes,
        asItIs,
        DeskTopology::partition,
        DEAD_LETTER_DESK);
    topology.addSink(DESK_REPORTS, topics.deskReports(), bytes, reports, DEAD_LETTER_DESK);
  }

  /** That of the original, unless its topic was made anew with fewer of them. */
  private static Optional<Set<Integer>> partition(
      String topic, byte[] key, Resubmission again, int partitions) {
    return again.partition() < partitions
        ? Optional.of(Set.of(again.partition()))
        : Optional.empty();
  }

  private static void source(Topology topology, String name, String topic, TopologyParts parts) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        name,
        new ArrivalTimeExtractor(parts.clock()),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topic);
  }
}
