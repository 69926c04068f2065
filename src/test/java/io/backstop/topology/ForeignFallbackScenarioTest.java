package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.DeadLetter;
import io.backstop.action.FailureClass;
import io.backstop.action.FallbackRequest;
import io.backstop.action.OriginalRecord;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.action.StoreNames;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.Target;
import io.backstop.serde.Registry;
import io.backstop.serde.WireEncoder;
import io.backstop.testing.TestConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What others write to the topic of a fallback step: done like any request, or refused. */
class ForeignFallbackScenarioTest {
  private static final String TOPIC = "actions.fallback.trello.createCard";
  private static final Outcome GONE =
      new Outcome.Permanent(FailureClass.NOT_FOUND, "gone", OptionalInt.of(404));

  /** Works on what is there already, so it is no step and has no topic. */
  private record Changing() implements ActionExecutor {
    @Override
    public Target target() {
      return new Target("acme:change", PayloadFamily.TASK);
    }

    @Override
    public boolean servesAsFallback() {
      return false;
    }

    @Override
    public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
      return CompletableFuture.completedFuture(new Outcome.Succeeded("{}", OptionalInt.of(200)));
    }
  }

  @TempDir private Path stateDir;
  private ActionScenario flow;
  private TestInputTopic<byte[], byte[]> fallbacks;
  private WireEncoder<FallbackRequest> encoder;

  @BeforeEach
  void start() {
    flow =
        new ActionScenario(
            stateDir.resolve("first"),
            List.of(new Changing()),
            "backstop.retry.max-attempts",
            "1",
            "backstop.fallback.targets.trello:createCard.container",
            "list");
    fallbacks =
        flow.driver.createInputTopic(TOPIC, new ByteArraySerializer(), new ByteArraySerializer());
    var registry =
        new Registry(
            TestConfig.with("backstop.registry.auto-register", "true").registry(),
            flow.registryClient);
    encoder = new WireEncoder<>(registry, TOPIC, FallbackRequest.class);
  }

  @AfterEach
  void stop() {
    flow.close();
  }

  @Test
  void shouldDoWhatSomebodyElseHasWrittenFromItsStepOn() {
    send(foreign("trello:createCard").build());
    flow.calls.get(0).succeed("{}");
    flow.tick();

    ActionResult result = only(flow.results());
    assertThat(result.getExecutedBy()).isEqualTo("trello:createCard");
    assertThat(result.getExecutedViaFallback()).isTrue();
  }

  static Stream<Arguments> refused() {
    String longName = "x".repeat(201);
    List<String> many = Collections.nCopies(101, "trello:createCard");
    Attempt wordy =
        new Attempt(
            "a:b",
            1,
            Instant.EPOCH,
            0L,
            AttemptOutcome.RETRYABLE,
            FailureClass.NETWORK,
            null,
            "x".repeat(1_000));
    return Stream.of(
        Arguments.of("parks is -5", foreign("trello:createCard").setParks(-5)),
        Arguments.of(
            "parks is 2147483647", foreign("trello:createCard").setParks(Integer.MAX_VALUE)),
        Arguments.of("position is that of skip", foreign("skip")),
        Arguments.of("steps are 101", foreign(many.toArray(String[]::new))),
        Arguments.of("steps has a name", foreign("trello:createCard", longName)),
        Arguments.of(
            "receivedAt is",
            foreign("trello:createCard").setReceivedAt(Instant.ofEpochMilli(Long.MAX_VALUE))),
        Arguments.of(
            "attempts has",
            foreign("trello:createCard").setAttempts(Collections.nCopies(300, wordy))),
        Arguments.of(
            "original.value is missing", foreign("trello:createCard").setOriginal(original(null))),
        Arguments.of(
            "original.value has",
            foreign("trello:createCard").setOriginal(original(ByteBuffer.allocate(1_100_000)))));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void shouldRefuseWhatCouldNotPassEveryTopic(String reason, FallbackRequest.Builder foreign) {
    send(foreign.build());

    assertThat(only(flow.deadLetters()).getReason()).startsWith(reason);
    assertThat(flow.calls).isEmpty();
    assertThat(flow.storedRecords(StoreNames.IN_FLIGHT)).isZero();
  }

  @Test
  void shouldRefuseWhatTheChangelogOfWaitingRecordsMightNotTake() {
    byte[] unknownSchema = new byte[4 * 1024 * 1024];
    unknownSchema[4] = 99;

    fallbacks.pipeInput(utf8("k"), unknownSchema);

    assertThat(flow.storedRecords(StoreNames.FALLBACKS_AWAITING_SCHEMA)).isZero();
    assertThat(only(flow.deadLetters()).getReason()).contains("4,194,305 bytes");
  }

  @Test
  void shouldTakeNoStepThatHasNoTopic() {
    send(foreign("trello:createCard", "acme:change").build());
    flow.calls.get(0).answer().complete(GONE);
    flow.tick(Duration.ofSeconds(1));

    DeadLetter letter = only(flow.deadLetters());
    assertThat(letter.getAttempts())
        .extracting(Attempt::getTarget)
        .containsExactly("trello:createCard", "acme:change");
    assertThat(flow.storedRecords(StoreNames.IN_FLIGHT)).isZero();
  }

  private void send(FallbackRequest foreign) {
    fallbacks.pipeInput(utf8("k"), encoder.encode(foreign));
    flow.tick();
  }

  private static FallbackRequest.Builder foreign(String... steps) {
    return FallbackRequest.newBuilder()
        .setRequest(request("r-1"))
        .setIdempotencyKey("key-1")
        .setOriginal(original(ByteBuffer.wrap(utf8("as it was"))))
        .setSteps(List.of(steps))
        .setPosition(0)
        .setSource("request")
        .setReceivedAt(ActionScenario.START);
  }

  private static OriginalRecord original(ByteBuffer value) {
    return new OriginalRecord("elsewhere", 0, 7L, 0L, null, value, List.of());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static <T> T only(List<T> items) {
    assertThat(items).hasSize(1);
    return items.get(0);
  }
}
