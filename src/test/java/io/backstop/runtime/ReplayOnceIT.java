package io.backstop.runtime;

import static io.backstop.simulator.EmulatedService.NOTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.DeadLetter;
import io.backstop.action.LetterSet;
import io.backstop.action.LetterStatus;
import io.backstop.action.Lineage;
import io.backstop.action.ResultStatus;
import io.backstop.action.Selection;
import io.backstop.action.SelectionFilter;
import io.backstop.action.TaskPayload;
import io.backstop.command.CommandIntake;
import io.backstop.config.BackstopConfig;
import io.backstop.serde.Decoded;
import io.backstop.serde.KafkaHeaders;
import io.backstop.serde.Registry;
import io.backstop.serde.WireDecoder;
import io.backstop.simulator.RecordedCall;
import io.backstop.testing.BrokerExtension;
import io.backstop.testing.TestConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * ReplayOnce: one replay command puts each dead letter back exactly once, with its lineage, however
 * often the processor is killed meanwhile.
 */
class ReplayOnceIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final int LETTERS = Integer.getInteger("replay.letters", 500);
  private static final int KILLS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String COMMAND = "replay-all";

  /** The longest time for which a transaction of a processor that is killed was open before. */
  private static final long OPEN_TRANSACTION_MS = 3_000;

  @TempDir private Path temp;
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final List<Long> kills = new ArrayList<>();
  private SimulatedServices services;
  private ProcessorScenario flow;
  private BackstopConfig config;

  @AfterEach
  void close() {
    flow.close();
    services.close();
  }

  @Test
  void shouldPutEachLetterBackOnceWhenTheProcessIsKilledDuringTheReplay() throws IOException {
    services = new SimulatedServices(temp);
    services.onlyDown(NOTION);
    flow = new ProcessorScenario(BROKER, temp.resolve("state"), services.settings(settings()));
    config = TestConfig.with(flow.settings());
    publish();

    try (var first = start()) {
      flow.awaitOutcomes(LETTERS, PATIENCE);
      services.onlyDown();
      send(replayOf(flow.letterRecords));
      killAfter(first, results(1));
    }
    for (int kill = 1; kill < KILLS; kill++) {
      try (var next = start()) {
        killAfter(next, results(kill + 1));
      }
    }
    try (var last = start()) {
      flow.awaitOutcomes(2 * LETTERS, PATIENCE);
      FleetScenario.await("the last answer", () -> lastAnswer().isPresent());
      flow.readOn();
      assertThat(last.isAlive()).isTrue();
    }

    assertThat(flow.letters()).as("dead letters, seed %d", seed).hasSize(LETTERS);
    assertThat(flow.results())
        .extracting(ActionResult::getStatus)
        .containsOnly(ResultStatus.SUCCEEDED);
    assertThat(flow.results())
        .extracting(ActionResult::getRequestId)
        .hasSize(LETTERS)
        .doesNotHaveDuplicates();
    assertEachWasSentInOnce();
    assertCallsExplained();
    CommandResult answer = lastAnswer().orElseThrow();
    assertThat(answer.getAffected()).isEqualTo(LETTERS);
    assertThat(answer.getDetails()).containsEntry("succeeded", Integer.toString(LETTERS));
  }

  private static String[] settings() {
    return new String[] {
      "backstop.fallback.enabled", "false",
      "backstop.retry.max-attempts", "1",
      "backstop.circuit.trip-on", "slow-call-rate",
      "backstop.circuit.slow-call-duration", "1h",
      "backstop.kafka.group-protocol", "classic",
      "backstop.kafka.group-instance-id", "the-one"
    };
  }

  private ProcessorProcess start() {
    List<String> small = List.of("-Xmx384m", "-XX:TieredStopAtLevel=1");
    return ProcessorProcess.start(small, "configured", flow.settings());
  }

  private void publish() {
    for (int number = 0; number < LETTERS; number++) {
      String id = "r-" + number;
      flow.publish(
          ActionRequest.newBuilder()
              .setRequestId(id)
              .setIdempotencyKey(id)
              .setAction("notion:createPage")
              .setPayload(
                  TaskPayload.newBuilder()
                      .setTitle(id)
                      .setContainer("0123456789abcdef0123456789abcdef")
                      .build())
              .build());
    }
    flow.producer.flush();
  }

  private static Selection replayOf(List<ConsumerRecord<byte[], DeadLetter>> letters) {
    Map<String, Long> cutOff = new HashMap<>();
    LetterSet set = LetterSet.EMPTY;
    for (ConsumerRecord<byte[], DeadLetter> letter : letters) {
      set = set.with(letter.value().getId());
      cutOff.merge(Integer.toString(letter.partition()), letter.offset() + 1, Math::max);
    }
    return Selection.newBuilder()
        .setFilter(SelectionFilter.newBuilder().setStatus(LetterStatus.OPEN).build())
        .setCutOff(cutOff)
        .setCount(set.count())
        .setHash(set.hash())
        .build();
  }

  private void send(Selection selection) {
    Command command =
        Command.newBuilder()
            .setCommandId(COMMAND)
            .setName("replay.start")
            .setActor("test")
            .setReason("it is mended")
            .setIssuedAt(Instant.now())
            .setArguments(Map.of("ramp", "false"))
            .setSelection(selection)
            .build();
    byte[] value = flow.encoder(flow.topics.commands(), Command.class).encode(command);
    var rec = new ProducerRecord<byte[], byte[]>(flow.topics.commands(), null, value);
    rec.headers().add(CommandIntake.ID_HEADER, ProcessorScenario.utf8(COMMAND));
    flow.producer.send(rec);
    flow.producer.flush();
  }

  /** Anywhere in that part of the replay. */
  private int results(int part) {
    int length = LETTERS / (KILLS + 1);
    return (part - 1) * length + random.nextInt(length);
  }

  private void killAfter(ProcessorProcess process, int results) {
    flow.awaitOutcomes(LETTERS + results, PATIENCE);
    kills.add(System.currentTimeMillis());
    process.kill();
  }

  private void assertEachWasSentInOnce() {
    List<Lineage> sentIn =
        new CommittedRecords(config)
            .of(flow.topics.requests()).stream()
                .flatMap(rec -> Lineage.of(KafkaHeaders.keep(rec.headers())).stream())
                .toList();
    assertThat(sentIn).allMatch(each -> each.replayId().equals(COMMAND) && each.generation() == 1);
    assertThat(sentIn)
        .extracting(each -> each.parentId().orElseThrow())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            flow.letters().stream().map(DeadLetter::getId).toList());
  }

  /**
   * Of each key one call of the new generation, but for those whose transaction ended with the
   * processor.
   */
  private void assertCallsExplained() {
    Map<String, List<RecordedCall>> calls =
        services.simulator.calls(NOTION).stream()
            .filter(call -> call.generation() == 1)
            .collect(Collectors.groupingBy(call -> call.key().orElseThrow()));
    assertThat(calls).hasSize(LETTERS);
    for (List<RecordedCall> ofOne : calls.values()) {
      assertThat(ofOne.subList(0, ofOne.size() - 1))
          .as("calls that were repeated, seed %d, kills %s", seed, kills)
          .allMatch(call -> isShortlyBeforeAKill(call.arrivedAtMs()));
    }
  }

  private boolean isShortlyBeforeAKill(long at) {
    return kills.stream().anyMatch(kill -> at >= kill - OPEN_TRANSACTION_MS && at <= kill + 1_000);
  }

  /** The one that ends the command. */
  private Optional<CommandResult> lastAnswer() {
    try (Registry registry = new Registry(config.registry());
        WireDecoder<CommandResult> decoder =
            new WireDecoder<>(CommandResult.class, registry, InstantSource.system())) {
      return new CommittedRecords(config)
          .of(flow.topics.commandResults()).stream()
              .map(rec -> decoder.decodeFetching(rec.value(), Duration.ofSeconds(5)))
              .map(decoded -> ((Decoded.Value<CommandResult>) decoded).value())
              .filter(answer -> answer.getStatus() != CommandStatus.ACCEPTED)
              .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
