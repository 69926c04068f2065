package io.backstop.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backstop.action.ActionRequest;
import io.backstop.config.StartupException;
import io.backstop.testing.TestConfig;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;

class WireEncoderTest {
  private final ScriptedRegistry server = new ScriptedRegistry();

  private WireEncoder<ActionRequest> registering() {
    return new WireEncoder<>(
        server.registry("backstop.registry.auto-register", "true"), "t", ActionRequest.class);
  }

  @Test
  void shouldEncodeWhatConfluentsDeserializerReads() {
    var bytes = registering().encode(SampleRequests.usual());

    try (var deserializer =
        new KafkaAvroDeserializer(server, server.registry().deserializerProperties())) {
      assertThat(deserializer.deserialize("t", bytes)).isEqualTo(SampleRequests.usual());
    }
  }

  @Test
  void shouldUseTheSchemaThatAPipelineRegisteredFromTheHistory() {
    var committed = SchemaHistory.of("ActionRequest");
    var schemaId = server.add("t-value", committed.get(committed.size() - 1));

    var encoder = new WireEncoder<>(server.registry(), "t", ActionRequest.class);

    assertThat(encoder.schemaId()).isEqualTo(schemaId);
  }

  @Test
  void shouldSaySubjectAndRemedyWhenTheSchemaIsNotRegistered() {
    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(() -> new WireEncoder<>(server.registry(), "t", ActionRequest.class))
        .withMessage(
            "subject t-value at schema registry "
                + ScriptedRegistry.URL
                + " does not have the schema of this version; register the newest file of"
                + " schemas/history/ActionRequest there, or set backstop.registry.auto-register ="
                + " true");
  }

  @Test
  void shouldSayWhereTheRegistryIsNotReached() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var url = "http://localhost:" + port;
    var config = TestConfig.with("backstop.registry.url", url).registry();

    try (var registry = new Registry(config)) {
      assertThatExceptionOfType(StartupException.class)
          .isThrownBy(() -> new WireEncoder<>(registry, "t", ActionRequest.class))
          .withMessageStartingWith("schema registry " + url + " cannot be reached (")
          .withMessageEndingWith("check backstop.registry.url");
    }
  }

  @Test
  void shouldEncodeTheSameAfterAFailedRecordAndALargeOne() {
    var encoder = registering();
    var expected = encoder.encode(SampleRequests.usual());
    var broken = ActionRequest.newBuilder(SampleRequests.usual()).build();
    broken.put("action", null);
    var large =
        ActionRequest.newBuilder(SampleRequests.usual()).setSubmitter("x".repeat(200_000)).build();

    assertThatThrownBy(() -> encoder.encode(broken)).isInstanceOf(RuntimeException.class);
    var afterFailure = encoder.encode(SampleRequests.usual());
    encoder.encode(large);
    var afterLarge = encoder.encode(SampleRequests.usual());

    assertThat(afterFailure).isEqualTo(expected);
    assertThat(afterLarge).isEqualTo(expected);
  }

  @Test
  void shouldEncodeOnSeveralThreadsAtOnce() {
    var encoder = registering();
    var expected = encoder.encode(SampleRequests.usual());

    var all =
        IntStream.range(0, 5_000).parallel().mapToObj(i -> encoder.encode(SampleRequests.usual()));

    assertThat(all).allSatisfy(bytes -> assertThat(bytes).isEqualTo(expected));
  }

  @Test
  void shouldConfigureConfluentsSerializersForKafkaStreams() throws Exception {
    var config =
        TestConfig.with(
                "backstop.registry.url", "mock://wire-encoder-test",
                "backstop.registry.auto-register", "true")
            .registry();

    try (var registry = new Registry(config);
        var serde = Serdes.serdeFrom(new KafkaAvroSerializer(), new KafkaAvroDeserializer())) {
      serde.serializer().configure(registry.serializerProperties(), false);
      serde.deserializer().configure(registry.deserializerProperties(), false);
      var bytes = serde.serializer().serialize("t", SampleRequests.usual());

      assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(SampleRequests.usual());
      assertThat(new WireEncoder<>(registry, "t", ActionRequest.class).schemaId()).isEqualTo(1);
    }
  }

  @Test
  void shouldPassCredentialsAndTlsSettingsToTheClient() {
    var registry =
        server.registry(
            "backstop.registry.username", "u",
            "backstop.registry.password", "p",
            "backstop.registry.properties.schema.registry.ssl.truststore.location", "t.jks");

    assertThat(registry.serializerProperties())
        .containsEntry("basic.auth.credentials.source", "USER_INFO")
        .containsEntry("basic.auth.user.info", "u:p")
        .containsEntry("schema.registry.ssl.truststore.location", "t.jks")
        .containsEntry("auto.register.schemas", false);
    assertThat(server.registry("backstop.registry.bearer-token", "b").deserializerProperties())
        .containsEntry("bearer.auth.credentials.source", "STATIC_TOKEN")
        .containsEntry("bearer.auth.token", "b")
        .containsEntry("specific.avro.reader", true);
  }
}
