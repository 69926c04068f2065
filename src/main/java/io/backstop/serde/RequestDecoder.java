package io.backstop.serde;

import io.backstop.action.ActionRequest;
import io.backstop.serde.Decoded.Request;
import io.backstop.serde.Decoded.SchemaUnknownYet;
import io.backstop.serde.Decoded.Undecodable;
import io.backstop.serde.KnownSchemas.Verdict;
import io.backstop.serde.SchemaLookup.Unreachable;
import java.io.EOFException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/**
 * Decodes requests from Confluent's wire format. Decoding never waits for the registry: an id met
 * for the first time is reported as unknown, and fetching it is another step, on a thread of this
 * class. Safe for use by several threads.
 */
public final class RequestDecoder implements AutoCloseable {
  private final KnownSchemas<RecordDecoder<ActionRequest>> schemas = new KnownSchemas<>();
  private final SchemaFetcher fetcher;
  private final InstantSource clock;

  /**
   * @param clock for how long an id that the registry does not have is held to be missing
   */
  public RequestDecoder(Registry registry, InstantSource clock) {
    TrustedRecords.trust();
    this.clock = clock;
    this.fetcher = new SchemaFetcher(registry, schemas, clock);
  }

  /**
   * Never throws, whatever the bytes are, and does no I/O.
   *
   * @param value as it was read; null for a record without value
   */
  public Decoded decode(byte[] value) {
    var malformed = WireProblem.of(value);
    if (malformed != null) {
      return new Undecodable(malformed);
    }
    var schemaId = WireFormat.schemaId(value);
    var verdict = schemas.verdict(schemaId);
    if (verdict instanceof Verdict.Readable<RecordDecoder<ActionRequest>> readable) {
      return decode(value, schemaId, readable.decoder());
    } else if (verdict instanceof Verdict.Unreadable<RecordDecoder<ActionRequest>> unreadable) {
      return new Undecodable("schema id " + schemaId + ": " + unreadable.reason());
    }
    return schemas
        .missing(schemaId, clock.instant())
        .<Decoded>map(Undecodable::new)
        .orElseGet(() -> new SchemaUnknownYet(schemaId));
  }

  private static Decoded decode(byte[] value, int schemaId, RecordDecoder<ActionRequest> decoder) {
    try {
      return new Request(decoder.decode(value, WireFormat.HEADER_SIZE));
    } catch (EOFException e) {
      return new Undecodable(
          "the record ends early: its "
              + (value.length - WireFormat.HEADER_SIZE)
              + " bytes are fewer than its schema (id "
              + schemaId
              + ") asks for");
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return new Undecodable(
          "the bytes do not fit their schema (id " + schemaId + "): " + RegistryError.reason(e));
    }
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
   * Fetches every registered version of {@code subject}, so that the first requests need not wait.
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
