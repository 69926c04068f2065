package io.backstop.cache;

import static io.backstop.cache.Samples.NOW;
import static io.backstop.cache.Samples.cached;
import static io.backstop.cache.Samples.signal;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.CacheCounts;
import io.backstop.action.CachedResult;
import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.FleetSignal;
import io.backstop.action.FleetState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CacheKeeperTest {
  private final MockProcessorContext<String, SpecificRecord> context = new MockProcessorContext<>();
  private final CachedResults held = Samples.results();
  private Processor<String, SpecificRecord, String, SpecificRecord> keeper;

  @BeforeEach
  void start() {
    keeper =
        CacheKeeper.supplier(held, new CacheKeeper.Children("states", "results", "cached")).get();
    context.setCurrentSystemTimeMs(NOW);
    keeper.init(context);
  }

  @Test
  void shouldPublishTheCountsOfTheFleetOnlyWhenTheyHaveChanged() {
    tick(NOW);
    process(signal("one", 1, false, 3, 10, 1));
    process(signal("two", 1, false, 3, 5, 0));
    tick(NOW + 2_000);
    process(signal("one", 1, false, 3, 10, 1));
    tick(NOW + 4_000);
    process(signal("one", 2, false, 3, 11, 1));
    tick(NOW + 6_000);

    var states = forwarded("states");
    assertThat(states).extracting(Record::key).containsOnly("cache");
    assertThat(states)
        .extracting(state -> ((FleetState) state.value()).getCache())
        .extracting(CacheCounts::getHits)
        .containsExactly(15L, 16L);
  }

  @Test
  void shouldPublishAtMostEveryTwoSeconds() {
    assertThat(context.scheduledPunctuators()).hasSize(1);
    assertThat(context.scheduledPunctuators().get(0).getInterval())
        .isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void shouldPublishThatThereIsNothingWhenTheLastInstanceHasLeft() {
    process(signal("one", 1, false, 3, 10, 1));
    tick(NOW + 2_000);
    process(signal("one", 2, true, 3, 10, 1));
    tick(NOW + 4_000);
    tick(NOW + 120_000);

    assertThat(forwarded("states"))
        .extracting(state -> ((FleetState) state.value()).getCache().getHits())
        .containsExactly(10L, 0L);
  }

  @Test
  void shouldClearOneEntryByATombstone() {
    show("acme:ask =k");

    process(command("acme:ask", Map.of("key", "k")));
    process(command("acme:ask", Map.of("key", "unknown")));

    assertThat(forwarded("cached"))
        .extracting(Record::key)
        .containsExactly("acme:ask =k", "acme:ask =unknown");
    assertThat(forwarded("cached")).extracting(Record::value).containsOnlyNulls();
    assertThat(answers()).extracting(CommandResult::getStatus).containsOnly(CommandStatus.DONE);
    assertThat(answers()).extracting(CommandResult::getAffected).containsExactly(1L, 0L);
  }

  @Test
  void shouldClearAnActionOrEverythingByAMark() {
    show("acme:ask =k");

    process(command("acme:ask", Map.of()));
    process(command("*", Map.of()));
    process(command("", Map.of("all", "true")));

    assertThat(forwarded("cached")).extracting(Record::key).containsExactly("* acme:ask", "*", "*");
    assertThat(forwarded("cached"))
        .extracting(mark -> ((CachedResult) mark.value()).getStoredAt())
        .containsOnly(Instant.ofEpochMilli(NOW));
    assertThat(answers()).extracting(CommandResult::getAffected).containsExactly(1L, 1L, 1L);
    assertThat(answers().get(0).getMessage())
        .isEqualTo("All cached results of acme:ask are cleared: 1 held.");
  }

  @Test
  void shouldRefuseWhatCannotBeMeant() {
    process(command("", Map.of()));
    process(command("notion", Map.of()));
    process(command("acme:ask", Map.of("all", "true")));
    process(command("*", Map.of("key", "k")));
    process(command("acme:ask", Map.of("kye", "k")));
    process(command("* acme:ask", Map.of()));

    assertThat(forwarded("cached")).isEmpty();
    assertThat(answers())
        .hasSize(6)
        .extracting(CommandResult::getStatus)
        .containsOnly(CommandStatus.REFUSED);
    assertThat(answers().get(0).getMessage()).contains("give one, for example notion:query");
  }

  @Test
  void shouldLeaveOtherCommandsAndSignalsAlone() {
    process(Command.newBuilder(command("notion", Map.of())).setName("circuit.reset").build());
    process(FleetSignal.newBuilder(signal("one", 1, false, 1, 1, 1)).setCache(null).build());
    tick(NOW + 2_000);

    assertThat(context.forwarded()).isEmpty();
  }

  private void show(String key) {
    KeyValueStore<String, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("test"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    store.put(key, held.serde().encode(cached("acme:ask", "{}", NOW)));
    held.show(store, new Held(1, 10, OptionalLong.of(NOW), Map.of("acme:ask", 1)));
  }

  private static Command command(String subject, Map<String, String> arguments) {
    return Command.newBuilder()
        .setCommandId("c-1")
        .setName("cache.clear")
        .setSubject(subject)
        .setIssuedAt(Instant.ofEpochMilli(NOW - 100))
        .setArguments(arguments)
        .build();
  }

  private void process(SpecificRecord value) {
    keeper.process(new Record<>("subject", value, NOW));
  }

  private void tick(long now) {
    context.setCurrentSystemTimeMs(now);
    context.scheduledPunctuators().get(0).getPunctuator().punctuate(now);
  }

  private List<Record<String, SpecificRecord>> forwarded(String child) {
    return context.forwarded(child).stream()
        .map(forward -> forward.record())
        .map(each -> new Record<String, SpecificRecord>(each.key(), each.value(), each.timestamp()))
        .toList();
  }

  private List<CommandResult> answers() {
    return forwarded("results").stream().map(answer -> (CommandResult) answer.value()).toList();
  }
}
