package io.backstop.serde;

import io.backstop.serde.Decoded.SchemaUnknownYet;
import io.backstop.serde.Decoded.Undecodable;
import io.backstop.serde.Decoded.Value;
import io.backstop.serde.KnownSchemas.Verdict;
import io.backstop.serde.SchemaLookup.Unreachable;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;

/**
 * Decodes records of one type from Confluent's wire format. Decoding never waits for the registry:
 * an id met for the first time is reported as unknown, and fetching it is another step, on a thread
 * of this class. Safe for use by several threads.
 */
public final class WireDecoder<T extends SpecificRecord> implements AutoCloseable {
  private final KnownSchemas<RecordDecoder<T>> schemas = new KnownSchemas<>();
  private final String typeName;
  private final SchemaFetcher<T> fetcher;
  private final InstantSource clock;

  /**
   * @param type what the records are read as
   * @param clock for how long an id that the registry does not have is held to be missing
   */
  public WireDecoder(Class<T> type, Registry registry, InstantSource clock) {
    TrustedRecords.trust();
    this.typeName = type.getSimpleName();
    this.clock = clock;
    this.fetcher = new SchemaFetcher<>(type, registry, schemas, clock);
  }

  /**
   * Never throws, whatever the bytes are, and does no I/O.
   *
   * @param value as it was read; null for a record without value
   */
  public Decoded<T> decode(byte[] value) {
    var malformed = WireProblem.of(value, typeName);
    if (malformed != null) {
      return new Undecodable<>(malformed);
    }
    var schemaId = WireFormat.schemaId(value);
    var verdict = schemas.verdict(schemaId);
    if (verdict instanceof Verdict.Readable<RecordDecoder<T>> readable) {
      return decode(value, schemaId, readable.decoder());
    } else if (verdict instanceof Verdict.Unreadable<RecordDecoder<T>> unreadable) {
      return new Undecodable<>("schema id " + schemaId + ": " + unreadable.reason());
    }
    return schemas
        .missing(schemaId, clock.instant())
        .<Decoded<T>>map(Undecodable::new)
        .orElseGet(() -> new SchemaUnknownYet<>(schemaId));
  }

  private Decoded<T> decode(byte[] value, int schemaId, RecordDecoder<T> decoder) {
    try {
      return new Value<>(decoder.decode(value, WireFormat.HEADER_SIZE));
    } catch (EOFException e) {
      return new Undecodable<>(
          "the record ends early: its "
              + (value.length - WireFormat.HEADER_SIZE)
              + " bytes are fewer than its schema (id "
              + schemaId
              + ") asks for");
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return new Undecodable<>(
          "the bytes do not fit their schema (id " + schemaId + "): " + RegistryError.reason(e));
    }
  }

  /**
   * Decodes, and where the schema is not known yet fetches it and waits. Never throws. Not for
   * stream threads, which must not wait.
   *
   * @param patience the longest wait
   * @return unknown yet only when the registry gave no answer in time, or the thread was
   *     interrupted, which stays visible on the thread
   */
  public Decoded<T> decodeFetching(byte[] value, Duration patience) {
    var decoded = decode(value);
    if (!(decoded instanceof SchemaUnknownYet<T> unknown)) {
      return decoded;
    }
    try {
      fetch(unknown.schemaId()).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      return decoded;
    }
    return decode(value);
  }

  /**
   * Asks the registry for an id that {@link #decode} did not know. Calls for the same id share one
   * question. The future is completed on a thread of this class and never exceptionally; {@link
   * Unreachable} means to ask again later.
   */
  public CompletableFuture<SchemaLookup> fetch(int schemaId) {
    return fetcher.fetch(schemaId);
  }

  /**
   * Fetches every registered version of {@code subject}, so that the first records need not wait.
   *
   * @return how many there are, completed on a thread of this class; 0 when the subject or the
   *     registry is not there, which then shows in {@link #fetch}
   */
  public CompletableFuture<Integer> warmUp(String subject) {
    return fetcher.fetchVersions(subject);
  }

  /** Stops its threads; fetches under way may never complete. */
  @Override
  public void close() {
    fetcher.close();
  }
}
