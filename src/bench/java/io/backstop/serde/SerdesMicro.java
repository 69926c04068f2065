package io.backstop.serde;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.FinishedRequest;
import io.backstop.action.ResultStatus;
import io.backstop.action.TaskPayload;
import io.backstop.config.ConfigLoader;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Records of about 500 bytes, decoded and encoded. */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SerdesMicro {
  private static final String TEXT = "x".repeat(400);
  private static final Instant TIME = Instant.ofEpochMilli(1_772_000_000_000L);

  private final StateSerde<FinishedRequest> state = new StateSerde<>(FinishedRequest.class);
  private Registry registry;
  private WireDecoder<ActionRequest> decoder;
  private WireEncoder<ActionResult> encoder;
  private byte[] request;
  private ActionResult result;
  private FinishedRequest finished;
  private byte[] finishedBytes;

  /** With a registry in memory, which decoding and encoding never ask. */
  @Setup
  public void prepare() {
    TrustedRecords.trust();
    var config =
        ConfigLoader.ignoringProcess()
            .load(
                Optional.empty(),
                Map.of(
                    "backstop.registry.url", "http://unused:1",
                    "backstop.registry.auto-register", "true"));
    registry =
        new Registry(
            config.registry(), new MockSchemaRegistryClient(List.of(new AvroSchemaProvider())));
    request = new WireEncoder<>(registry, "requests", ActionRequest.class).encode(request());
    decoder = new WireDecoder<>(ActionRequest.class, registry, Clock.systemUTC());
    decoder.decodeFetching(request, Duration.ofSeconds(10));
    encoder = new WireEncoder<>(registry, "results", ActionResult.class);
    result = result();
    finished = new FinishedRequest(TIME, result, 0);
    finishedBytes = state.serializer().serialize("", finished);
  }

  /** Ends the decoder's thread. */
  @TearDown
  public void close() throws IOException {
    decoder.close();
    registry.close();
  }

  @Benchmark
  public Decoded<ActionRequest> decodeRequest() {
    return decoder.decode(request);
  }

  @Benchmark
  public byte[] encodeResult() {
    return encoder.encode(result);
  }

  @Benchmark
  public byte[] writeState() {
    return state.serializer().serialize("", finished);
  }

  @Benchmark
  public FinishedRequest readState() {
    return state.deserializer().deserialize("", finishedBytes);
  }

  private static ActionRequest request() {
    return ActionRequest.newBuilder()
        .setRequestId("r-1")
        .setAction("notion:createPage")
        .setIdempotencyKey("key-1")
        .setSubmitter("micro")
        .setPayload(
            TaskPayload.newBuilder()
                .setTitle("A page")
                .setDescription(TEXT)
                .setContainer("8f2c0a1b2c3d4e5f6a7b8c9d0e1f2a3b")
                .build())
        .build();
  }

  private static ActionResult result() {
    return ActionResult.newBuilder()
        .setRequestId("r-1")
        .setIdempotencyKey("key-1")
        .setStatus(ResultStatus.SUCCEEDED)
        .setPrimaryAction("notion:createPage")
        .setResponseData("{\"text\":\"" + TEXT + "\"}")
        .setReceivedAt(TIME)
        .setCompletedAt(TIME)
        .build();
  }
}
