package io.backstop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.DeadLetter;
import io.backstop.config.BackstopConfig;
import io.backstop.executor.Targets;
import io.backstop.runtime.Outside;
import io.backstop.runtime.ProcessorProcess;
import io.backstop.runtime.TopicAdmin;
import io.backstop.serde.Registry;
import io.backstop.serde.WireEncoder;
import io.backstop.testing.BrokerExtension;
import io.backstop.testing.TestConfig;
import io.backstop.topology.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Instances of one consumer group on a real broker, and dead letters on their topic. */
public final class DeskFleet {
  static final int PARTITIONS = 4;

  private final Path directory;
  private final String[] settings;
  private final Topics topics;

  /**
   * @param further full configuration keys and values
   */
  public DeskFleet(BrokerExtension broker, Path directory, String... further) {
    this.directory = directory;
    String name = "desk-" + System.nanoTime();
    topics = new Topics(name + ".");
    String[] common = {
      "backstop.kafka.bootstrap-servers",
      broker.bootstrapServers(),
      "backstop.kafka.application-id",
      name,
      "backstop.registry.url",
      broker.registryUrl(),
      "backstop.registry.auto-register",
      "true",
      "backstop.topics.prefix",
      topics.prefix(),
      "backstop.topics.partitions",
      "" + PARTITIONS
    };
    settings = Stream.of(common, further).flatMap(Stream::of).toArray(String[]::new);
    try (var admin = TopicAdmin.connect(config("unused"))) {
      admin.create(Targets.load());
    }
  }

  private String[] settings(String instance) {
    String[] own = {"backstop.kafka.state-dir", directory.resolve(instance).toString()};
    return Stream.of(settings, own).flatMap(Stream::of).toArray(String[]::new);
  }

  /** Of an instance with this state directory. */
  public BackstopConfig config(String instance) {
    return TestConfig.with(settings(instance));
  }

  public ServedProcessor start(String instance) {
    BackstopConfig config = config(instance);
    return ServedProcessor.start(config, Outside.configured(config), Clock.systemUTC());
  }

  ProcessorProcess startApart(String instance) {
    List<String> small = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");
    return ProcessorProcess.start(small, "configured", settings(instance));
  }

  /** Writes {@code l-0} to {@code l-<count - 1>}, spread over all partitions. */
  public void write(int count) throws IOException {
    Map<String, Object> brokers =
        Map.of("bootstrap.servers", config("unused").kafka().bootstrapServers());
    var bytes = new ByteArraySerializer();
    try (var registry = new Registry(config("unused").registry());
        var producer = new KafkaProducer<>(brokers, bytes, bytes)) {
      var encoder = new WireEncoder<>(registry, topics.deadLetters(), DeadLetter.class);
      for (int number = 0; number < count; number++) {
        byte[] letter = encoder.encode(SampleLetters.failed("l-" + number, number));
        producer.send(
            new ProducerRecord<>(topics.deadLetters(), number % PARTITIONS, null, letter));
      }
    }
  }

  static JsonNode get(String url, String pathAndQuery) {
    HttpResponse<String> response =
        Instance.send(HttpRequest.newBuilder(URI.create(url + pathAndQuery)).build());
    if (response.statusCode() != 200 && response.statusCode() != 503) {
      throw new UncheckedIOException(
          new IOException(response.statusCode() + " " + response.body()));
    }
    return Instance.json(response);
  }
}
