package io.backstop.limit;

import static io.backstop.limit.SampleSignals.wanting;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FleetSignal;
import io.backstop.action.FleetState;
import io.backstop.action.RateShare;
import io.backstop.config.Policies;
import io.backstop.testing.TestConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The coordinator with the store and the ticks that it has in production. */
class RateCoordinatorTopologyTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_772_000_000_000L);

  @TempDir private Path stateDirectory;
  private TopologyTestDriver driver;
  private TestInputTopic<String, byte[]> signals;
  private TestOutputTopic<String, byte[]> states;

  @BeforeEach
  void start() {
    var policies = new Policies(TestConfig.with("backstop.services.notion.calls-per-second", "12"));
    Deserializer<SpecificRecord> signal = (topic, bytes) -> read(bytes);
    Serializer<SpecificRecord> state = (topic, value) -> write((FleetState) value);
    var topology =
        new Topology()
            .addSource("signals", new StringDeserializer(), signal, "signals")
            .addProcessor(
                "rate-coordinator",
                RateCoordinator.supplier(policies, Duration.ofMinutes(15), "states"),
                "signals")
            .addSink("states", "states", new StringSerializer(), state, "rate-coordinator");
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "rate-coordinator-test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
    driver = new TopologyTestDriver(topology, settings, NOW);
    signals = driver.createInputTopic("signals", new StringSerializer(), new ByteArraySerializer());
    states =
        driver.createOutputTopic("states", new StringDeserializer(), new ByteArrayDeserializer());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private static FleetSignal read(byte[] bytes) {
    try {
      return FleetSignal.fromByteBuffer(ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] write(FleetState state) {
    try {
      return state.toByteBuffer().array();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(FleetSignal signal) throws IOException {
    signals.pipeInput("notion", signal.toByteBuffer().array());
  }

  private List<List<RateShare>> published() throws IOException {
    var shares = new ArrayList<List<RateShare>>();
    for (byte[] state : states.readValuesToList()) {
      shares.add(FleetState.fromByteBuffer(ByteBuffer.wrap(state)).getLimit().getShares());
    }
    return shares;
  }

  @Test
  void shouldShareOutAndTakeBackByTheClockAlone() throws IOException {
    send(wanting("a", 1, 0));
    assertThat(published()).containsExactly(List.of(new RateShare("a", 12.0, NOW.plusSeconds(60))));

    for (int second = 0; second < 9; second++) {
      driver.advanceWallClockTime(Duration.ofSeconds(1));
    }
    assertThat(published()).isEmpty();

    driver.advanceWallClockTime(Duration.ofSeconds(1));
    assertThat(published()).containsExactly(List.of());
  }
}
