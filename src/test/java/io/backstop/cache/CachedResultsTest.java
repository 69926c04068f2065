package io.backstop.cache;

import static io.backstop.cache.Samples.NOW;
import static io.backstop.cache.Samples.cached;
import static io.backstop.cache.Samples.policy;
import static io.backstop.cache.Samples.query;
import static io.backstop.cache.Samples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.CachedResult;
import io.backstop.action.StoreNames;
import io.backstop.action.Work;
import io.backstop.metrics.ActionMetrics;
import io.backstop.serde.StateSerde;
import io.backstop.testing.TestConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One instance that reads the topic of cached results. */
class CachedResultsTest {
  private static final String TOPIC = "cached-results";
  private static final String KEY = "acme:ask =k";
  private static final Work ASKING = work("acme:ask", "q", policy("k", 60_000L));

  @TempDir private Path stateDir;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private CachedResults results;
  private TopologyTestDriver driver;
  private TestInputTopic<String, CachedResult> topic;
  private KeyValueStore<String, byte[]> store;

  @BeforeEach
  void start() {
    results =
        new CachedResults(
            TestConfig.with(
                "backstop.cache.max-entries", "5",
                "backstop.cache.max-entry-size", "1KB",
                "backstop.cache.retention", "1h"),
            "one",
            new ActionMetrics(meters));
    var serde = StateSerde.ofTopicRecord(CachedResult.class);
    var topology = new Topology();
    topology.addGlobalStore(
        CachedResultsUpdate.store(),
        "cached-results-source",
        new StringDeserializer(),
        serde.deserializer(),
        TOPIC,
        "cached-results-update",
        CachedResultsUpdate.supplier(results));
    driver = new TopologyTestDriver(topology, settings(), Instant.ofEpochMilli(NOW));
    topic = driver.createInputTopic(TOPIC, new StringSerializer(), serde.serializer());
    store = driver.getKeyValueStore(StoreNames.CACHED_RESULTS);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void shouldFindTheLastResultUntilItIsTooOld() {
    topic.pipeInput(KEY, cached("acme:ask", "old", NOW - 10));
    topic.pipeInput(KEY, cached("acme:ask", "new", NOW));

    assertThat(results.find(ASKING, NOW + 59_999))
        .map(CachedResult::getResponseData)
        .contains("new");
    assertThat(results.find(ASKING, NOW + 60_000)).isEmpty();
    assertThat(results.find(ASKING, NOW - 30_000)).isPresent();
    assertThat(results.find(ASKING, NOW - 60_000)).isEmpty();
    assertThat(results.find(work("acme:ask", "q", policy("other", null)), NOW)).isEmpty();
  }

  @Test
  void shouldCountLookUpsOnlyWhereCachingApplies() {
    topic.pipeInput(KEY, cached("acme:ask", "{}", NOW));

    results.find(ASKING, NOW);
    results.find(ASKING, NOW);
    results.find(query("never asked"), NOW);
    results.find(work("slack:postMessage", "q", null), NOW);

    var counts = results.due(NOW).get(0).getCache();
    assertThat(counts.getHits()).isEqualTo(2);
    assertThat(counts.getMisses()).isEqualTo(1);
    assertThat(counts.getEntries()).isEqualTo(1);
    assertThat(counts.getBytes()).isEqualTo(EntrySize.of(KEY, cached("acme:ask", "{}", NOW)));
    assertThat(counts.getOldest()).isEqualTo(Instant.ofEpochMilli(NOW));
    assertThat(lookups("hit")).isEqualTo(2);
    assertThat(lookups("miss")).isEqualTo(1);
    assertThat(meters.get("backstop.cache.entries").gauge().value()).isEqualTo(1);
  }

  @Test
  void shouldKeepNoMoreThanItsBoundsAllow() {
    for (int i = 0; i < 8; i++) {
      topic.pipeInput("acme:ask =" + i, cached("acme:ask", "{}", NOW + i));
    }
    topic.pipeInput("acme:ask =large", cached("acme:ask", "x".repeat(2_000), NOW + 9));
    topic.pipeInput("acme:ask =old", cached("acme:ask", "{}", NOW - 86_400_000));

    assertThat(stored())
        .containsExactlyInAnyOrder(
            "acme:ask =3", "acme:ask =4", "acme:ask =5", "acme:ask =6", "acme:ask =7");
    assertThat(results.held().entries()).isEqualTo(5);
    assertThat(results.held().oldest()).isEqualTo(OptionalLong.of(NOW + 3));
  }

  @Test
  void shouldForgetWhatATombstoneNames() {
    topic.pipeInput(KEY, cached("acme:ask", "{}", NOW));

    topic.pipeInput(KEY, null);

    assertThat(results.find(ASKING, NOW)).isEmpty();
    assertThat(results.held()).isEqualTo(Held.NOTHING);
    assertThat(stored()).isEmpty();
  }

  @Test
  void shouldMakeAllOlderResultsVoidByOneRecord() {
    topic.pipeInput(KEY, cached("acme:ask", "{}", NOW));
    topic.pipeInput("notion:query k", cached("notion:query", "{}", NOW));

    topic.pipeInput("*", cached("*", "", NOW + 10));
    topic.pipeInput("acme:ask =late", cached("acme:ask", "{}", NOW + 10));
    topic.pipeInput("acme:ask =after", cached("acme:ask", "{}", NOW + 11));

    assertThat(stored()).containsExactlyInAnyOrder("*", "acme:ask =after");
    assertThat(results.find(ASKING, NOW + 20)).isEmpty();
  }

  @Test
  void shouldMakeTheOlderResultsOfOneActionVoid() {
    topic.pipeInput(KEY, cached("acme:ask", "{}", NOW));
    topic.pipeInput("notion:query k", cached("notion:query", "{}", NOW));

    topic.pipeInput("* acme:ask", cached("* acme:ask", "", NOW + 10));

    assertThat(stored()).containsExactlyInAnyOrder("* acme:ask", "notion:query k");
    assertThat(results.held().entriesOf("notion:query")).isEqualTo(1);
  }

  @Test
  void shouldLeaveOutARecordWhoseKeyMeansNothing() {
    topic.pipeInput("nonsense", cached("acme:ask", "{}", NOW));
    topic.pipeInput(null, cached("acme:ask", "{}", NOW));

    assertThat(stored()).isEmpty();
  }

  private double lookups(String outcome) {
    return meters.get("backstop.cache.lookups").tag("outcome", outcome).counter().count();
  }

  private Set<String> stored() {
    Set<String> keys = new HashSet<>();
    try (var all = store.all()) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys;
  }

  private Properties settings() {
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "cache-test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    return settings;
  }
}
