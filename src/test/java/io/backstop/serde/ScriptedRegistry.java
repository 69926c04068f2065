package io.backstop.serde;

import io.backstop.testing.TestConfig;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;

/** A registry in memory that counts questions and can be switched off or held up. */
final class ScriptedRegistry extends MockSchemaRegistryClient {
  static final String URL = "http://registry.example:8081";

  final AtomicInteger questions = new AtomicInteger();
  volatile boolean reachable = true;
  volatile CompletableFuture<Void> answersAfter = CompletableFuture.completedFuture(null);

  Registry registry(String... keysAndValues) {
    var given = Arrays.copyOf(keysAndValues, keysAndValues.length + 2);
    given[keysAndValues.length] = "backstop.registry.url";
    given[keysAndValues.length + 1] = URL;
    return new Registry(TestConfig.with(given).registry(), this);
  }

  int add(String subject, Schema schema) {
    try {
      return register(subject, new AvroSchema(schema));
    } catch (IOException | RestClientException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
    questions.incrementAndGet();
    answersAfter.join();
    if (!reachable) {
      throw new ConnectException("Connection refused");
    }
    return super.getSchemaById(id);
  }
}
