package io.backstop.desk;

import io.backstop.action.ActionRequest;
import io.backstop.action.FallbackRequest;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadConversion;
import io.backstop.action.PayloadFamily;
import io.backstop.action.TaskPayload;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.Target;
import io.backstop.executor.Targets;
import io.backstop.serde.Decoded;
import io.backstop.serde.Registry;
import io.backstop.serde.WireDecoder;
import io.backstop.serde.WireEncoder;
import io.backstop.testing.TestConfig;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.avro.specific.SpecificRecord;

/** Resubmitting with a few targets; one of them refuses every conversion. */
final class SampleResubmitting implements AutoCloseable {
  private static final String REQUESTS = "actions.requests";
  private static final String HOPS = "actions.fallback.trello.createCard";

  /** Of a record of the requests. */
  static final int MOST_BYTES = 10_000;

  final LetterResubmitting resubmitting;
  private final WireEncoder<ActionRequest> requestEncoder;
  private final WireEncoder<FallbackRequest> hopEncoder;
  private final WireDecoder<ActionRequest> requestDecoder;
  private final WireDecoder<FallbackRequest> hopDecoder;

  private record Sample(String name, PayloadFamily family, boolean servesAsFallback)
      implements ActionExecutor {
    @Override
    public Target target() {
      return new Target(name, family);
    }

    @Override
    public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
      throw new AssertionError("nothing is called here");
    }
  }

  SampleResubmitting() {
    this(
        new Registry(
            TestConfig.with("backstop.registry.auto-register", "true").registry(),
            new MockSchemaRegistryClient(List.of(new AvroSchemaProvider()))));
  }

  SampleResubmitting(Registry registry) {
    requestEncoder = new WireEncoder<>(registry, REQUESTS, ActionRequest.class);
    hopEncoder = new WireEncoder<>(registry, HOPS, FallbackRequest.class);
    requestDecoder = decoder(ActionRequest.class, registry, REQUESTS);
    hopDecoder = decoder(FallbackRequest.class, registry, HOPS);
    RequestTopics topics =
        new RequestTopics(
            REQUESTS,
            Set.of("actions.requests.by-key"),
            Map.of(
                HOPS,
                "trello:createCard",
                "actions.fallback.slack.postMessage",
                "slack:postMessage"),
            MOST_BYTES);
    Targets targets =
        Targets.of(
            List.of(
                new Sample("notion:createPage", PayloadFamily.TASK, true),
                new Sample("trello:createCard", PayloadFamily.TASK, true),
                new Sample("slack:postMessage", PayloadFamily.MESSAGE, true),
                new Sample("notion:updatePage", PayloadFamily.TASK, false)));
    resubmitting =
        new LetterResubmitting(
            new RequestBytes(
                topics, requestDecoder, hopDecoder, requestEncoder::encode, hopEncoder::encode),
            (carrier, request, now) -> problem(request),
            targets,
            SampleResubmitting::convert);
  }

  private static Optional<String> problem(ActionRequest request) {
    return ((TaskPayload) request.getPayload()).getTitle() == null
        ? Optional.of("payload.title is missing")
        : Optional.empty();
  }

  private static PayloadConversion.Converted convert(
      ActionRequest request, String target, PayloadFamily family) {
    return family == PayloadFamily.MESSAGE
        ? new PayloadConversion.Converted.Refused("no words")
        : new PayloadConversion.Converted.Ready(request, List.of());
  }

  byte[] encoded(ActionRequest request) {
    return requestEncoder.encode(request);
  }

  byte[] encoded(FallbackRequest hop) {
    return hopEncoder.encode(hop);
  }

  ActionRequest request(byte[] value) {
    return ((Decoded.Value<ActionRequest>) requestDecoder.decode(value)).value();
  }

  FallbackRequest hop(byte[] value) {
    return ((Decoded.Value<FallbackRequest>) hopDecoder.decode(value)).value();
  }

  private static <T extends SpecificRecord> WireDecoder<T> decoder(
      Class<T> type, Registry registry, String topic) {
    WireDecoder<T> decoder = new WireDecoder<>(type, registry, Clock.systemUTC());
    decoder.warmUp(topic + "-value").join();
    return decoder;
  }

  @Override
  public void close() {
    requestDecoder.close();
    hopDecoder.close();
  }
}
