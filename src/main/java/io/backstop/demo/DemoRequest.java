package io.backstop.demo;

import io.backstop.action.ActionRequest;
import io.backstop.action.IdempotencyKey;
import io.backstop.client.ParsedRequest;
import io.backstop.executor.Targets;
import io.backstop.serde.WireEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A record that the demo publishes, with what it knows of it beforehand. */
sealed interface DemoRequest {

  /** The action's name, or what stands for it in tables. */
  String label();

  /** What its result is found by; empty where there can be no result. */
  Optional<String> requestId();

  /** The key that it is worked on under; empty where it will be refused before that. */
  Optional<String> idempotencyKey();

  ProducerRecord<byte[], byte[]> encoded(String topic, WireEncoder<ActionRequest> encoder);

  /**
   * A request.
   *
   * @param valid whether its action's own checks let it in
   */
  record Readable(ParsedRequest parsed, boolean valid) implements DemoRequest {
    static Readable of(ParsedRequest parsed, Targets targets) {
      var executor = targets.find(parsed.request().getAction());
      boolean valid = executor.filter(e -> e.problems(parsed.request()).isEmpty()).isPresent();
      return new Readable(parsed, valid);
    }

    @Override
    public String label() {
      return parsed.request().getAction();
    }

    @Override
    public Optional<String> requestId() {
      return Optional.of(parsed.request().getRequestId());
    }

    @Override
    public Optional<String> idempotencyKey() {
      return valid ? Optional.of(IdempotencyKey.of(parsed.request())) : Optional.empty();
    }

    @Override
    public ProducerRecord<byte[], byte[]> encoded(
        String topic, WireEncoder<ActionRequest> encoder) {
      return parsed.encoded(topic, encoder);
    }
  }

  /** The usual mistake of a first try: JSON text instead of Avro. */
  record PlainJson(String json) implements DemoRequest {
    @Override
    public String label() {
      return "(not Avro)";
    }

    @Override
    public Optional<String> requestId() {
      return Optional.empty();
    }

    @Override
    public Optional<String> idempotencyKey() {
      return Optional.empty();
    }

    @Override
    public ProducerRecord<byte[], byte[]> encoded(
        String topic, WireEncoder<ActionRequest> encoder) {
      return new ProducerRecord<>(topic, utf8("plain-json"), utf8(json));
    }

    private static byte[] utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
