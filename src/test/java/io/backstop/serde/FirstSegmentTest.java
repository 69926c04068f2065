package io.backstop.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real store on disk, because it is its directory that counts at the next start. */
class FirstSegmentTest {
  private static final String STORE = "a-window";
  private static final Duration BUCKET = Duration.ofHours(12);

  @TempDir private Path state;

  @Test
  void shouldGiveAnEmptyStoreASegmentAndNoEntry() throws IOException {
    try (var driver = new TopologyTestDriver(topology(), settings())) {
      assertThat(segments()).isEmpty();

      driver.advanceWallClockTime(Duration.ofMillis(1));

      assertThat(segments()).hasSize(1);
      WindowStore<String, String> store = driver.getWindowStore(STORE);
      try (var entries = store.all()) {
        assertThat(entries.hasNext()).isFalse();
      }
    }
  }

  @Test
  void shouldWriteToItOnlyOnce() {
    try (var driver = new TopologyTestDriver(topology(), settings())) {
      driver.advanceWallClockTime(Duration.ofMillis(1));
      long written = driver.producedTopicNames().size();

      driver.advanceWallClockTime(BUCKET);
      driver.advanceWallClockTime(BUCKET);

      assertThat(written).isEqualTo(1);
      String changelog = driver.producedTopicNames().iterator().next();
      var reader =
          driver.createOutputTopic(
              changelog, Serdes.ByteArray().deserializer(), Serdes.ByteArray().deserializer());
      assertThat(reader.getQueueSize()).isEqualTo(1);
    }
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> all = Files.walk(state)) {
      return all.filter(each -> each.getFileName().toString().startsWith(STORE + "."))
          .filter(Files::isDirectory)
          .toList();
    }
  }

  private static Topology topology() {
    var store =
        Stores.windowStoreBuilder(
            Stores.persistentWindowStore(STORE, BUCKET.multipliedBy(4), BUCKET, false),
            Serdes.String(),
            Serdes.String());
    return new Topology()
        .addSource("in", Serdes.String().deserializer(), Serdes.String().deserializer(), "in")
        .addProcessor("owner", Owner::new, "in")
        .addStateStore(store, "owner");
  }

  private Properties settings() {
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "first-segment");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    return settings;
  }

  private static final class Owner extends ContextualProcessor<String, String, Void, Void> {
    @Override
    public void init(ProcessorContext<Void, Void> context) {
      super.init(context);
      FirstSegment.ensure(context, context.getStateStore(STORE), BUCKET);
    }

    @Override
    public void process(Record<String, String> record) {}
  }
}
