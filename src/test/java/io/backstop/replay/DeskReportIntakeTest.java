package io.backstop.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.DeskReport;
import io.backstop.action.StoreNames;
import io.backstop.serde.Registry;
import io.backstop.serde.ReportIntake;
import io.backstop.serde.WireDecoder;
import io.backstop.serde.WireEncoder;
import io.backstop.testing.TestConfig;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How reports of the desks reach the coordinator. */
class DeskReportIntakeTest {
  @TempDir private Path stateDir;
  private final TypedTopic records = new TypedTopic();
  private WireEncoder<DeskReport> encoder;
  private WireDecoder<DeskReport> decoder;
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> input;
  private TestOutputTopic<String, org.apache.avro.specific.SpecificRecord> output;

  @BeforeEach
  void start() {
    var registry =
        new Registry(
            TestConfig.with("backstop.registry.auto-register", "true").registry(),
            new MockSchemaRegistryClient());
    decoder = new WireDecoder<>(DeskReport.class, registry, InstantSource.system());
    encoder = new WireEncoder<>(registry, "reports", DeskReport.class);
    var bytes = new ByteArrayDeserializer();
    var intake =
        ReportIntake.supplier(
            StoreNames.DESK_REPORTS_AWAITING_SCHEMA, decoder, DeskReport::getOperationId);
    var topology =
        new Topology()
            .addSource("in", bytes, bytes, "reports")
            .addProcessor("intake", intake, "in")
            .addSink("out", "out", new StringSerializer(), records.serializer(), "intake");
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "reports");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    driver = new TopologyTestDriver(topology, properties);
    input =
        driver.createInputTopic("reports", new ByteArraySerializer(), new ByteArraySerializer());
    output = driver.createOutputTopic("out", new StringDeserializer(), records.deserializer());
  }

  @AfterEach
  void stop() {
    driver.close();
    decoder.close();
  }

  @Test
  void shouldHandOnAReportUnderTheIdOfItsOperation() {
    DeskReport report = Samples.report(1).setReleased(3).build();
    decoder.warmUp("reports-value").join();

    input.pipeInput(encoder.encode(report));

    var handedOn = output.readRecord();
    assertThat(handedOn.key()).isEqualTo("op");
    assertThat(handedOn.value()).isEqualTo(report);
  }

  @Test
  void shouldKeepAReportWhileItsSchemaIsFetched() {
    DeskReport report = Samples.report(1).setReleased(3).build();

    input.pipeInput(encoder.encode(report));
    assertThat(output.isEmpty()).isTrue();

    Awaitility.await()
        .untilAsserted(
            () -> {
              driver.advanceWallClockTime(Duration.ofMillis(20));
              assertThat(output.readValuesToList()).containsExactly(report);
            });
  }

  @Test
  void shouldDropWhatIsNoReport() {
    decoder.warmUp("reports-value").join();

    input.pipeInput(new byte[] {1, 2, 3});
    input.pipeInput(new byte[512 * 1024 + 1]);
    input.pipeInput(new byte[0], (byte[]) null);
    driver.advanceWallClockTime(Duration.ofSeconds(1));

    assertThat(output.isEmpty()).isTrue();
  }
}
