package io.backstop.serde;

import io.backstop.config.RegistryConfig;
import io.backstop.config.StartupException;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * The schema registry as configured: its client, and what Confluent's serializers need to use it.
 */
public final class Registry implements Closeable {
  private static final int CACHED_SCHEMAS = 1000;
  private static final Map<String, Object> PATIENCE =
      Map.of(
          "http.connect.timeout.ms", 5_000,
          "http.read.timeout.ms", 10_000,
          "max.retries", 1,
          "retries.wait.ms", 200,
          "retries.max.wait.ms", 1_000);

  private final RegistryConfig config;
  private final SchemaRegistryClient client;

  /** Connects to nothing yet. */
  public Registry(RegistryConfig config) {
    this(config, newClient(config));
  }

  /** With a client of the caller's own, which is closed with this. */
  public Registry(RegistryConfig config, SchemaRegistryClient client) {
    TrustedRecords.trust();
    this.config = config;
    this.client = client;
  }

  public SchemaRegistryClient client() {
    return client;
  }

  /** Where it is, for messages. */
  public String url() {
    return config.url();
  }

  /** For {@code KafkaAvroSerializer}: registers schemas only where that is switched on. */
  public Map<String, Object> serializerProperties() {
    var properties = clientProperties(config);
    properties.put("auto.register.schemas", config.autoRegister());
    properties.put("avro.remove.java.properties", true);
    return properties;
  }

  /** For {@code KafkaAvroDeserializer}: gives our generated classes. */
  public Map<String, Object> deserializerProperties() {
    var properties = clientProperties(config);
    properties.put("specific.avro.reader", true);
    return properties;
  }

  /**
   * Registers a schema that others write with, where that is switched on, so that they find it.
   *
   * @throws StartupException when the registry cannot be reached or refuses it
   */
  public void announce(String topic, Schema schema) {
    if (config.autoRegister()) {
      schemaId(topic + "-value", schema);
    }
  }

  /**
   * The id of {@code schema} under {@code subject}, registered first where that is switched on.
   *
   * @throws StartupException saying what to do when there is none
   */
  int schemaId(String subject, Schema schema) {
    var plain = new AvroSchema(PlainSchema.of(schema));
    try {
      return config.autoRegister() ? client.register(subject, plain) : client.getId(subject, plain);
    } catch (RestClientException e) {
      throw new StartupException(refusal(subject, schema, e), e);
    } catch (IOException e) {
      throw new StartupException(
          "schema registry "
              + url()
              + " cannot be reached ("
              + RegistryError.reason(e)
              + "); check backstop.registry.url",
          e);
    }
  }

  private String refusal(String subject, Schema schema, RestClientException e) {
    var about = "subject " + subject + " at schema registry " + url();
    if (RegistryError.isNotFound(e)) {
      return about
          + " does not have the schema of this version; register the newest file of"
          + " schemas/history/"
          + schema.getName()
          + " there, or set backstop.registry.auto-register = true";
    }
    return switch (e.getStatus()) {
      case 409 ->
          about + " has versions that this one is not compatible with: " + RegistryError.reason(e);
      case 401, 403 ->
          about
              + " refused access ("
              + RegistryError.reason(e)
              + "); check backstop.registry.username, password and bearer-token";
      default ->
          about
              + " answered with an error ("
              + RegistryError.reason(e)
              + "); check backstop.registry.url";
    };
  }

  private static SchemaRegistryClient newClient(RegistryConfig config) {
    return SchemaRegistryClientFactory.newClient(
        urls(config),
        CACHED_SCHEMAS,
        List.of(new AvroSchemaProvider()),
        clientProperties(config),
        Map.of());
  }

  private static List<String> urls(RegistryConfig config) {
    return List.of(config.url().trim().split("\\s*,\\s*"));
  }

  private static Map<String, Object> clientProperties(RegistryConfig config) {
    var properties = new HashMap<>(PATIENCE);
    properties.put("schema.registry.url", config.url());
    config
        .username()
        .ifPresent(
            user -> {
              properties.put("basic.auth.credentials.source", "USER_INFO");
              properties.put("basic.auth.user.info", user + ":" + config.password().orElse(""));
            });
    config
        .bearerToken()
        .ifPresent(
            token -> {
              properties.put("bearer.auth.credentials.source", "STATIC_TOKEN");
              properties.put("bearer.auth.token", token);
            });
    properties.putAll(config.properties());
    return properties;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
