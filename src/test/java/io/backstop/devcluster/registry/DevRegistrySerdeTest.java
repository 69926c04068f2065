package io.backstop.devcluster.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.MessagePayload;
import io.backstop.action.TaskPayload;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Confluent's serializer and deserializer with our records over the registry. */
class DevRegistrySerdeTest {
  private static final String TOPIC = "actions.requests";

  @BeforeAll
  static void trustOurRecords() {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.DEFAULT,
            type -> type.getName().startsWith("io.backstop.action.")));
  }

  @Test
  void shouldCarryARequestThroughSerializerAndDeserializer() {
    try (var registry = DevRegistry.start(DevRegistryOptions.ephemeral());
        var serializer = serializer(registry, true);
        var deserializer = deserializer(registry)) {
      var request =
          request(
              TaskPayload.newBuilder().setTitle("Plan").setDueAt(Instant.ofEpochMilli(1)).build());

      var bytes = serializer.serialize(TOPIC, request);

      assertThat(deserializer.deserialize(TOPIC, bytes)).isEqualTo(request);
    }
  }

  @Test
  void shouldSerializeWithTheRegisteredSchemaWhenRegistrationIsOff() {
    try (var registry = DevRegistry.start(DevRegistryOptions.ephemeral());
        var registering = serializer(registry, true);
        var using = serializer(registry, false)) {
      var request = request(MessagePayload.newBuilder().setText("Hello").build());

      var registered = registering.serialize(TOPIC, request);

      assertThat(using.serialize(TOPIC, request)).isEqualTo(registered);
    }
  }

  private static ActionRequest request(Object payload) {
    return ActionRequest.newBuilder()
        .setRequestId("r-1")
        .setAction("notion:createPage")
        .setPayload(payload)
        .build();
  }

  private static KafkaAvroSerializer serializer(DevRegistry registry, boolean register) {
    var serializer = new KafkaAvroSerializer();
    serializer.configure(
        Map.of("schema.registry.url", registry.url(), "auto.register.schemas", register), false);
    return serializer;
  }

  private static KafkaAvroDeserializer deserializer(DevRegistry registry) {
    var deserializer = new KafkaAvroDeserializer();
    deserializer.configure(
        Map.of("schema.registry.url", registry.url(), "specific.avro.reader", true), false);
    return deserializer;
  }
}
