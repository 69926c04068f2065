package io.backstop.desk;

import io.backstop.action.DeskOrder;
import io.backstop.action.OriginalRecord;
import io.backstop.action.ParkedRecord;
import io.backstop.serde.Decoded;
import io.backstop.serde.SchemaLookup;
import io.backstop.serde.WireDecoder;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Orders in the order in which they were read, whatever their schemas: while the schema of one is
 * being fetched, all that come after it stand in line behind it. Stream thread only.
 */
final class OrderLine {
  private static final long RETRY_MS = 1_000;
  private static final int STEP = 1_000;

  private final KeyValueStore<Bytes, ParkedRecord> store;
  private final WireDecoder<DeskOrder> decoder;
  private final BiConsumer<OriginalRecord, Decoded<DeskOrder>> released;

  /** Place of the first and behind the last in line; equal when nobody is. */
  private long first;

  private long end;
  private boolean recovered;
  private CompletableFuture<SchemaLookup> fetch;
  private long retryAt;

  /**
   * @param released takes each order with what it turned out to be, which is no longer unknown
   */
  OrderLine(
      KeyValueStore<Bytes, ParkedRecord> store,
      WireDecoder<DeskOrder> decoder,
      BiConsumer<OriginalRecord, Decoded<DeskOrder>> released) {
    this.store = store;
    this.decoder = decoder;
    this.released = released;
  }

  /** Releases an order, or puts it in line. */
  void add(OriginalRecord read) {
    recover();
    if (first == end) {
      Decoded<DeskOrder> decoded = decoded(read);
      if (!(decoded instanceof Decoded.SchemaUnknownYet<DeskOrder>)) {
        released.accept(read, decoded);
        return;
      }
    }
    store.put(key(end), new ParkedRecord(read));
    end++;
  }

  /** Releases from the front what can be; to be called often. */
  void poll(long now) {
    recover();
    for (int step = 0; step < STEP && first < end; step++) {
      OriginalRecord read = store.get(key(first)).getOriginal();
      Decoded<DeskOrder> decoded = decoded(read);
      if (decoded instanceof Decoded.SchemaUnknownYet<DeskOrder> unknown) {
        fetch(unknown.schemaId(), now);
        return;
      }
      fetch = null;
      store.put(key(first), null);
      first++;
      released.accept(read, decoded);
    }
  }

  private void fetch(int schemaId, long now) {
    if (fetch == null) {
      if (now >= retryAt) {
        fetch = decoder.fetch(schemaId);
      }
    } else if (fetch.isDone()) {
      retryAt = fetch.join() instanceof SchemaLookup.Unreachable ? now + RETRY_MS : now;
      fetch = null;
    }
  }

  private Decoded<DeskOrder> decoded(OriginalRecord read) {
    return decoder.decode(read.getValue() == null ? null : read.getValue().array());
  }

  private void recover() {
    if (recovered) {
      return;
    }
    recovered = true;
    try (KeyValueIterator<Bytes, ParkedRecord> line = store.all()) {
      while (line.hasNext()) {
        KeyValue<Bytes, ParkedRecord> next = line.next();
        long place = ByteBuffer.wrap(next.key.get()).getLong();
        first = first == end ? place : first;
        end = place + 1;
      }
    }
  }

  private static Bytes key(long place) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(place).array());
  }
}
