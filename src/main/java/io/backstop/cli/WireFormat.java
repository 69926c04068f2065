package io.backstop.cli;

import io.backstop.config.BackstopConfig;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Avro in the Confluent wire format, with the configured registry. */
final class WireFormat {
  private WireFormat() {}

  static Serializer<Object> serializer(BackstopConfig config) {
    var serializer = new KafkaAvroSerializer();
    serializer.configure(settings(config), false);
    return serializer;
  }

  static Deserializer<Object> deserializer(BackstopConfig config) {
    var deserializer = new KafkaAvroDeserializer();
    deserializer.configure(settings(config), false);
    return deserializer;
  }

  private static Map<String, Object> settings(BackstopConfig config) {
    var settings = new HashMap<String, Object>(config.registry().properties());
    settings.put("schema.registry.url", config.registry().url());
    settings.put("auto.register.schemas", config.registry().autoRegister());
    settings.put("specific.avro.reader", true);
    return settings;
  }
}
