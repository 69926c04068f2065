package io.backstop.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewerSchemaTest {

  @Test
  void shouldWriteWhatAReaderOfTheKnownSchemaReadsUnderAnotherIdEachTime() throws Exception {
    var client = new MockSchemaRegistryClient();
    int known = client.register("requests-value", new AvroSchema(ActionRequest.getClassSchema()));
    var newer = new NewerSchema(client, "requests-value");
    ActionRequest request = new Load(1).next().request().orElseThrow();

    newer.register();
    byte[] first = newer.encode(request);
    newer.register();
    byte[] second = newer.encode(request);

    assertThat(first[4]).isNotEqualTo((byte) known).isNotEqualTo(second[4]);
    try (var deserializer = new KafkaAvroDeserializer(client)) {
      deserializer.configure(
          Map.of("schema.registry.url", "mock://x", "specific.avro.reader", true), false);
      assertThat(deserializer.deserialize("requests", first)).isEqualTo(request);
      assertThat(deserializer.deserialize("requests", second)).isEqualTo(request);
    }
  }
}
