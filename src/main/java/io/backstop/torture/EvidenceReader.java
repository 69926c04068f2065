package io.backstop.torture;

import io.backstop.action.ActionEvent;
import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.DeadLetter;
import io.backstop.action.OriginalRecord;
import io.backstop.client.Start;
import io.backstop.client.TopicReader;
import io.backstop.config.BackstopConfig;
import io.backstop.serde.Registry;
import io.backstop.simulator.EmulatedService;
import io.backstop.simulator.RecordedCall;
import io.backstop.topology.Topics;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/** Collects the evidence: what stands committed on the topics, and what the services saw. */
final class EvidenceReader {
  /** Endpoints that the simulator names after the service's own words. */
  private static final Map<String, String> NAMED_OTHERWISE =
      Map.of("google-tasks:createTask", "google-tasks:create");

  private final BackstopConfig config;
  private final Topics topics;

  EvidenceReader(BackstopConfig config) {
    this.config = config;
    this.topics = new Topics(config.topics().prefix());
  }

  /** Records on the request topic, and outcomes so far. */
  record Counts(int published, int outcomes) {}

  Counts counts() {
    return new Counts(
        count(topics.requests()), count(topics.results()) + count(topics.deadLetters()));
  }

  private int count(String topic) {
    int[] count = new int[1];
    try (var reader = TopicReader.open(config, topic)) {
      reader.readToEnd(
          new Start.Beginning(),
          rec -> {
            count[0]++;
            return true;
          });
    }
    return count[0];
  }

  Evidence read(Surroundings around, Journal journal, Toll blows) {
    List<Published> published = new ArrayList<>();
    List<Recorded> outcomes = new ArrayList<>();
    List<ActionEvent> events = new ArrayList<>();
    each(topics.requests(), (rec, value) -> published.add(published(rec)));
    each(topics.results(), (rec, value) -> outcomes.add(result((ActionResult) value)));
    each(topics.deadLetters(), (rec, value) -> outcomes.add(letter((DeadLetter) value)));
    each(topics.events(), (rec, value) -> events.add((ActionEvent) value));
    return new Evidence(
        published,
        outcomes,
        calls(around),
        OpenTime.of(events, journal.now()),
        journal.disturbances(),
        FleetSettings.STEPS,
        journal.seen(),
        blows);
  }

  /**
   * @param take gets each record with its value; null for one that is no record of ours
   */
  private void each(String topic, BiConsumer<ConsumerRecord<byte[], byte[]>, Object> take) {
    try (var registry = new Registry(config.registry());
        var deserializer = new KafkaAvroDeserializer(registry.client());
        var reader = TopicReader.open(config, topic)) {
      deserializer.configure(registry.deserializerProperties(), false);
      reader.readToEnd(
          new Start.Beginning(),
          rec -> {
            take.accept(rec, value(deserializer, rec));
            return true;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object value(
      KafkaAvroDeserializer deserializer, ConsumerRecord<byte[], byte[]> rec) {
    try {
      return deserializer.deserialize(rec.topic(), rec.headers(), rec.value());
    } catch (SerializationException | java.nio.BufferUnderflowException poison) {
      return null;
    }
  }

  /** The key is the one that was meant, by a header: what is decoded here may be wrong as well. */
  private static Published published(ConsumerRecord<byte[], byte[]> rec) {
    String coordinates = rec.topic() + "-" + rec.partition() + "-" + rec.offset();
    return new Published(
        coordinates, header(rec, Publisher.ID).orElseThrow(), header(rec, Publisher.KEY));
  }

  private static Optional<String> header(ConsumerRecord<byte[], byte[]> rec, String name) {
    return Optional.ofNullable(rec.headers().lastHeader(name))
        .map(header -> new String(header.value(), StandardCharsets.UTF_8));
  }

  private static Recorded result(ActionResult result) {
    return new Recorded(
        Optional.empty(),
        Optional.of(result.getRequestId()),
        Optional.of(result.getIdempotencyKey()),
        Optional.ofNullable(result.getDuplicateOf()),
        Optional.of(result.getPrimaryAction()),
        result.getAttempts());
  }

  private static Recorded letter(DeadLetter letter) {
    OriginalRecord original = letter.getOriginal();
    return new Recorded(
        Optional.of(
            original.getTopic() + "-" + original.getPartition() + "-" + original.getOffset()),
        Optional.empty(),
        Optional.ofNullable(letter.getIdempotencyKey()),
        Optional.empty(),
        Optional.ofNullable(letter.getRequest()).map(ActionRequest::getAction),
        letter.getAttempts());
  }

  /** Those for which the targets are there: not health calls, nor look-ups before a write. */
  private static List<ServiceCall> calls(Surroundings around) {
    List<ServiceCall> calls = new ArrayList<>();
    for (int processor = 0; processor < Plan.PROCESSORS; processor++) {
      for (EmulatedService service : EmulatedService.values()) {
        for (RecordedCall call : around.simulator(processor).calls(service)) {
          String target = target(service, call.endpoint());
          if (call.key().isPresent() && isAction(target)) {
            calls.add(new ServiceCall(processor, target, call.key().get(), call.arrivedAtMs()));
          }
        }
      }
    }
    return calls;
  }

  private static String target(EmulatedService service, String endpoint) {
    String name = service.label() + ":" + endpoint;
    return NAMED_OTHERWISE.getOrDefault(name, name);
  }

  private static boolean isAction(String target) {
    return FleetSettings.STEPS.containsKey(target)
        || FleetSettings.STEPS.values().stream().anyMatch(steps -> steps.contains(target));
  }
}
