package io.backstop.serde;

import io.backstop.serde.KnownSchemas.Verdict;
import io.backstop.serde.SchemaLookup.Found;
import io.backstop.serde.SchemaLookup.NotThere;
import io.backstop.serde.SchemaLookup.Unreachable;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.ThreadUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the registry about schema ids, on its own threads, one question per id at a time. */
final class SchemaFetcher<T extends SpecificRecord> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaFetcher.class);
  private static final int THREADS = 2;

  /** Is in the message with which the client refuses a schema that is not Avro. */
  private static final String NOT_AVRO = "Invalid schema";

  private final Class<T> type;
  private final Registry registry;
  private final KnownSchemas<RecordDecoder<T>> schemas;
  private final InstantSource clock;
  private final Map<Integer, CompletableFuture<SchemaLookup>> underWay = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, ThreadUtils.createThreadFactory("schema-fetch", true));

  SchemaFetcher(
      Class<T> type,
      Registry registry,
      KnownSchemas<RecordDecoder<T>> schemas,
      InstantSource clock) {
    this.type = type;
    this.registry = registry;
    this.schemas = schemas;
    this.clock = clock;
  }

  CompletableFuture<SchemaLookup> fetch(int schemaId) {
    var mine = new CompletableFuture<SchemaLookup>();
    var earlier = underWay.putIfAbsent(schemaId, mine);
    if (earlier != null) {
      return earlier;
    }
    try {
      threads.execute(() -> answer(schemaId, mine));
    } catch (RejectedExecutionException e) {
      underWay.remove(schemaId);
      mine.complete(unreachable(schemaId, e));
    }
    return mine;
  }

  private void answer(int schemaId, CompletableFuture<SchemaLookup> asked) {
    var lookup = lookUp(schemaId);
    underWay.remove(schemaId);
    asked.complete(lookup);
  }

  CompletableFuture<Integer> fetchVersions(String subject) {
    return CompletableFuture.supplyAsync(() -> lookUpVersions(subject), threads);
  }

  private int lookUpVersions(String subject) {
    try {
      var versions = registry.client().getAllVersions(subject);
      for (var version : versions) {
        lookUp(registry.client().getSchemaMetadata(subject, version).getId());
      }
      return versions.size();
    } catch (IOException | RestClientException | RuntimeException e) {
      LOG.warn("schemas not fetched ahead: subject={} reason={}", subject, RegistryError.reason(e));
      return 0;
    }
  }

  private SchemaLookup lookUp(int schemaId) {
    try {
      if (schemas.verdict(schemaId) == null) {
        schemas.settle(schemaId, judge(schemaId));
      }
      return new Found();
    } catch (RestClientException e) {
      return RegistryError.isNotFound(e) ? notThere(schemaId, e) : unreachable(schemaId, e);
    } catch (IOException | RuntimeException | LinkageError | StackOverflowError e) {
      return unreachable(schemaId, e);
    }
  }

  private Verdict<RecordDecoder<T>> judge(int schemaId) throws IOException, RestClientException {
    var reader = SpecificData.getForClass(type).getSchema(type);
    try {
      var schema = registry.client().getSchemaById(schemaId);
      if (!(schema instanceof AvroSchema avro)) {
        return new Verdict.Unreadable<>("it is " + schema.schemaType() + ", not Avro");
      }
      return WriterSchema.problem(avro.rawSchema(), reader)
          .<Verdict<RecordDecoder<T>>>map(Verdict.Unreadable::new)
          .orElseGet(() -> readable(avro));
    } catch (IOException | RuntimeException e) {
      if (RegistryError.reason(e).contains(NOT_AVRO)) {
        return new Verdict.Unreadable<>("it is not an Avro schema that can be read");
      }
      throw e;
    }
  }

  private Verdict<RecordDecoder<T>> readable(AvroSchema schema) {
    return new Verdict.Readable<>(new RecordDecoder<>(type, schema.rawSchema()));
  }

  private SchemaLookup notThere(int schemaId, RestClientException e) {
    var reason =
        "schema id "
            + schemaId
            + " is not in the registry at "
            + registry.url()
            + ": "
            + RegistryError.reason(e)
            + "; check that the producer uses the same registry";
    schemas.rememberMissing(schemaId, reason, clock.instant());
    return new NotThere(reason);
  }

  private SchemaLookup unreachable(int schemaId, Throwable e) {
    return new Unreachable(
        "schema id "
            + schemaId
            + " could not be fetched from the registry at "
            + registry.url()
            + ": "
            + RegistryError.reason(e));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
