package io.backstop.desk;

import io.backstop.action.DeskLetter;
import io.backstop.action.DeskOperation;
import io.backstop.action.DeskReport;
import io.backstop.action.LetterGroup;
import io.backstop.action.LetterSummary;
import io.backstop.action.ReadyLetter;
import io.backstop.action.StoreNames;
import io.backstop.serde.SchemaParking;
import io.backstop.serde.SmallStores;
import io.backstop.serde.StateSerde;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The stores of the desk. Those with ranges are not cached: ranges over a cached store copy all
 * cached keys first.
 */
final class DeskStores {
  private DeskStores() {}

  /** Dead letters by id. */
  static StoreBuilder<KeyValueStore<String, DeskLetter>> letters() {
    return builder(StoreNames.LETTERS, Serdes.String(), new StateSerde<>(DeskLetter.class));
  }

  /** Their summaries by {@link TimeKey}. */
  static StoreBuilder<KeyValueStore<Bytes, LetterSummary>> byTime() {
    return builder(
        StoreNames.LETTERS_BY_TIME, Serdes.Bytes(), new StateSerde<>(LetterSummary.class));
  }

  /** Groups by fingerprint. */
  static StoreBuilder<KeyValueStore<String, LetterGroup>> groups() {
    return builder(StoreNames.LETTER_GROUPS, Serdes.String(), new StateSerde<>(LetterGroup.class));
  }

  /** Operations by id. */
  static StoreBuilder<KeyValueStore<String, DeskOperation>> operations() {
    return SmallStores.builder(
        StoreNames.DESK_OPERATIONS, Serdes.String(), new StateSerde<>(DeskOperation.class));
  }

  /** What they have in readiness, by {@link ReadinessKey}. */
  static StoreBuilder<KeyValueStore<Bytes, ReadyLetter>> readiness() {
    return builder(
        StoreNames.LETTERS_IN_READINESS, Serdes.Bytes(), new StateSerde<>(ReadyLetter.class));
  }

  /**
   * What has not been reported, by operation. Written for each letter, so cached: the changelog has
   * it once a commit.
   */
  static StoreBuilder<KeyValueStore<String, DeskReport>> unreported() {
    return SmallStores.builder(
            StoreNames.DESK_UNREPORTED, Serdes.String(), StateSerde.ofTopicRecord(DeskReport.class))
        .withCachingEnabled();
  }

  /**
   * One entry, written anew for each letter: cached, so that the changelog has it once a commit.
   */
  static StoreBuilder<KeyValueStore<String, Long>> position() {
    return SmallStores.builder(StoreNames.DESK_POSITION, Serdes.String(), Serdes.Long())
        .withCachingEnabled();
  }

  /** All that the desk's processor needs, in an order of their own: it shows in the topology. */
  static Set<StoreBuilder<?>> all() {
    Set<StoreBuilder<?>> all = new LinkedHashSet<>();
    all.add(letters());
    all.add(byTime());
    all.add(groups());
    all.add(position());
    all.add(SchemaParking.store(StoreNames.LETTERS_AWAITING_SCHEMA));
    all.add(operations());
    all.add(readiness());
    all.add(unreported());
    all.add(SchemaParking.store(StoreNames.DESK_ORDERS_AWAITING_SCHEMA));
    return all;
  }

  private static <K, V> StoreBuilder<KeyValueStore<K, V>> builder(
      String name, Serde<K> keys, Serde<V> values) {
    return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, values);
  }
}
