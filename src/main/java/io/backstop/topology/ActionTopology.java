package io.backstop.topology;

import static io.backstop.topology.NodeNames.*;

import io.backstop.action.ActionResult;
import io.backstop.action.DeskOrder;
import io.backstop.action.FallbackHop;
import io.backstop.action.FallbackRequest;
import io.backstop.action.Reply;
import io.backstop.action.StoreNames;
import io.backstop.cache.ResultCaching;
import io.backstop.config.IntakeConfig.Partitioning;
import io.backstop.deadletter.DeadLetterWriter;
import io.backstop.deadletter.LetterCount;
import io.backstop.event.RequestEvents;
import io.backstop.execution.FallbackArrival;
import io.backstop.idempotency.IdempotencyCheck;
import io.backstop.idempotency.LineageReport;
import io.backstop.idempotency.LineageReporting;
import io.backstop.idempotency.OutcomeRecording;
import io.backstop.intake.ArrivalTimeExtractor;
import io.backstop.intake.IntakeNode;
import io.backstop.intake.RawValueDeserializer;
import io.backstop.statistics.FallbackReporting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * The whole flow, one line per node, in the order in which a request meets them. Start reading
 * here: everything else hangs off one of these lines.
 */
public final class ActionTopology {
  private final TopologyParts parts;
  private final Topology topology = new Topology();
  private final ByteArraySerializer bytes = new ByteArraySerializer();
  private final StringSerializer text = new StringSerializer();

  private ActionTopology(TopologyParts parts) {
    this.parts = parts;
  }

  public static Topology of(TopologyParts parts) {
    ActionTopology flow = new ActionTopology(parts);
    boolean hop = parts.partitioning() == Partitioning.BY_IDEMPOTENCY_KEY;
    flow.source(REQUESTS, parts.topics().requests());
    if (hop) {
      flow.hopToPartitionOfKey();
    }
    flow.execute(hop ? REQUESTS_BY_KEY : REQUESTS, hop);
    FleetTopology.addTo(flow.topology, parts);
    DeskTopology.addTo(flow.topology, parts);
    return flow.topology;
  }

  private void execute(String source, boolean afterHop) {
    Duration retention = parts.idempotency().retention();
    var intake =
        IntakeNode.admitting(parts.intake(), afterHop, IDEMPOTENCY_CHECK, DEAD_LETTER_WRITER);
    var check =
        IdempotencyCheck.supplier(
            retention,
            parts.metrics(),
            new IdempotencyCheck.Children(ACTION_EXECUTION, RESULTS, LINEAGE_REPORTING));
    var recording =
        OutcomeRecording.supplier(
            retention,
            parts.metrics(),
            new OutcomeRecording.Children(
                RESULTS,
                DEAD_LETTER_WRITER,
                LINEAGE_REPORTING,
                List.of(RESULT_CACHING, REQUEST_EVENTS, FALLBACK_REPORTING)));
    var letters =
        DeadLetterWriter.supplier(new LetterCount(parts.metrics()), DEAD_LETTERS, REQUEST_EVENTS);
    var caching = ResultCaching.supplier(parts.fleet().cachedResults());
    var events = RequestEvents.supplier(parts.eventsConfig(), EVENTS);
    var reporting = FallbackReporting.supplier(parts.reporting());

    var arrival =
        FallbackArrival.supplier(
            parts.fallbacks().decoder(),
            parts.execution().decoder(),
            new FallbackArrival.Children(ACTION_EXECUTION, IDEMPOTENCY_CHECK, DEAD_LETTER_WRITER));

    fallbackSources();
    topology.addProcessor(REQUEST_INTAKE, intake, source);
    topology.addProcessor(FALLBACK_ARRIVAL, arrival, FALLBACKS);
    topology.addProcessor(IDEMPOTENCY_CHECK, check, REQUEST_INTAKE, FALLBACK_ARRIVAL);
    topology.addProcessor(ACTION_EXECUTION, parts.execution(), IDEMPOTENCY_CHECK, FALLBACK_ARRIVAL);
    topology.addSink(
        FALLBACK_HOPS,
        new StepTopic(parts.topics()),
        bytes,
        hops(parts.fallbacks().hops()),
        ActionTopology::partition,
        ACTION_EXECUTION);
    topology.addProcessor(OUTCOME_RECORDING, recording, ACTION_EXECUTION);
    topology.addProcessor(
        DEAD_LETTER_WRITER, letters, REQUEST_INTAKE, FALLBACK_ARRIVAL, OUTCOME_RECORDING);
    topology.addProcessor(
        LINEAGE_REPORTING, LineageReporting.supplier(), IDEMPOTENCY_CHECK, OUTCOME_RECORDING);
    topology.addProcessor(RESULT_CACHING, caching, OUTCOME_RECORDING);
    topology.addProcessor(REQUEST_EVENTS, events, OUTCOME_RECORDING, DEAD_LETTER_WRITER);
    topology.addProcessor(FALLBACK_REPORTING, reporting, OUTCOME_RECORDING);
    topology.addSink(
        RESULTS,
        parts.topics().results(),
        bytes,
        replies(parts.results()),
        IDEMPOTENCY_CHECK,
        OUTCOME_RECORDING);
    topology.addSink(
        DEAD_LETTERS,
        parts.topics().deadLetters(),
        bytes,
        parts.letters(),
        LineagePartitions::ofLetter,
        DEAD_LETTER_WRITER);
    topology.addSink(
        REPLAY_OUTCOMES,
        parts.topics().deskOrders(),
        bytes,
        reports(parts.fleet().deskOrders()),
        LineagePartitions::ofReport,
        LINEAGE_REPORTING);
    topology.addSink(
        CACHED_RESULTS,
        parts.topics().cachedResults(),
        text,
        parts.cachedResults(),
        RESULT_CACHING);
    topology.addSink(
        FALLBACK_REPORTS_SINK,
        parts.topics().fallbackReports(),
        text,
        parts.reports(),
        FALLBACK_REPORTING);
    topology.addSink(EVENTS, parts.topics().events(), bytes, parts.events(), REQUEST_EVENTS);
    topology.connectProcessorAndStateStores(IDEMPOTENCY_CHECK, StoreNames.FINISHED);
    topology.connectProcessorAndStateStores(FALLBACK_ARRIVAL, StoreNames.IN_FLIGHT);
  }

  /** One source for all steps, so that a hop comes back into the task that has sent it. */
  private void fallbackSources() {
    topology.addSource(
        AutoOffsetReset.earliest(),
        FALLBACKS,
        new ArrivalTimeExtractor(parts.clock()),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        parts.fallbacks().steps().stream().map(parts.topics()::fallback).toArray(String[]::new));
  }

  private static Serializer<FallbackHop> hops(Serializer<FallbackRequest> requests) {
    return (topic, hop) -> requests.serialize(topic, hop.request());
  }

  private static Optional<Set<Integer>> partition(
      String topic, byte[] key, FallbackHop hop, int partitions) {
    return Optional.of(Set.of(hop.partition()));
  }

  private static Serializer<Reply> replies(Serializer<ActionResult> results) {
    return (topic, reply) -> results.serialize(topic, reply.result());
  }

  private static Serializer<LineageReport> reports(Serializer<DeskOrder> orders) {
    return (topic, report) -> orders.serialize(topic, report.order());
  }

  private void hopToPartitionOfKey() {
    var intake =
        IntakeNode.hopping(parts.intake(), REQUESTS_BY_KEY_SINK, DEAD_LETTER_WRITER_BEFORE_HOP);
    var letters =
        DeadLetterWriter.supplier(
            new LetterCount(parts.metrics()), DEAD_LETTERS_BEFORE_HOP, REQUEST_EVENTS_BEFORE_HOP);
    var events = RequestEvents.supplier(parts.eventsConfig(), EVENTS_BEFORE_HOP);

    topology.addProcessor(PARTITION_BY_KEY, intake, REQUESTS);
    topology.addProcessor(DEAD_LETTER_WRITER_BEFORE_HOP, letters, PARTITION_BY_KEY);
    topology.addProcessor(REQUEST_EVENTS_BEFORE_HOP, events, DEAD_LETTER_WRITER_BEFORE_HOP);
    topology.addSink(
        EVENTS_BEFORE_HOP,
        parts.topics().events(),
        bytes,
        parts.events(),
        REQUEST_EVENTS_BEFORE_HOP);
    topology.addSink(
        DEAD_LETTERS_BEFORE_HOP,
        parts.topics().deadLetters(),
        bytes,
        parts.letters(),
        LineagePartitions::ofLetter,
        DEAD_LETTER_WRITER_BEFORE_HOP);
    topology.addSink(
        REQUESTS_BY_KEY_SINK, parts.topics().requestsByKey(), bytes, bytes, PARTITION_BY_KEY);
    source(REQUESTS_BY_KEY, parts.topics().requestsByKey());
  }

  private void source(String name, String topic) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        name,
        new ArrivalTimeExtractor(parts.clock()),
        new ByteArrayDeserializer(),
        new RawValueDeserializer(),
        topic);
  }
}
