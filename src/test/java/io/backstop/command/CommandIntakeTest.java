package io.backstop.command;

import static io.backstop.command.CommandFlow.bytesOf;
import static io.backstop.command.CommandFlow.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.Selection;
import io.backstop.action.SelectionFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandIntakeTest {
  private static final Duration STEP = Duration.ofMillis(20);

  @TempDir private Path stateDir;
  private CommandFlow flow;

  @BeforeEach
  void start() {
    flow = new CommandFlow(stateDir.resolve("first"));
  }

  @AfterEach
  void stop() {
    flow.close();
  }

  private CommandResult onlyResult() {
    var results = flow.results();
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  private void eventually(ThrowingRunnable assertion) {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(
            () -> {
              flow.tick(Duration.ofMillis(100));
              assertion.run();
            });
  }

  @Test
  void shouldHandEachCommandToTheNodeOfItsPrefix() {
    flow.send(command("c-1", "circuit.reset"));
    flow.send(command("c-2", "cache.clear"));

    assertThat(flow.applied)
        .containsExactly(
            new CommandFlow.Applied("circuit-coordinator", command("c-1", "circuit.reset")),
            new CommandFlow.Applied("cache-keeper", command("c-2", "cache.clear")));
    assertThat(flow.resultRecords())
        .extracting(TestRecord::key, rec -> rec.value().getCommandId())
        .containsExactly(tuple("notion", "c-1"), tuple("notion", "c-2"));
  }

  @Test
  void shouldNameTheCommandInAHeaderOfItsResult() {
    flow.send(command("c-1", "circuit.reset"));

    var headers = flow.resultRecords().get(0).headers();

    assertThat(headers.lastHeader("command-id").value()).isEqualTo(bytesOf("c-1"));
  }

  @Test
  void shouldDoACommandOnceAndRepeatItsAnswer() {
    flow.send(command("c-1", "circuit.reset"));
    flow.send(command("c-1", "circuit.reset"));

    assertThat(flow.applied).hasSize(1);
    assertThat(flow.results())
        .extracting(CommandResult::getStatus, result -> result.getDetails().get("repeated"))
        .containsExactly(tuple(CommandStatus.DONE, null), tuple(CommandStatus.DONE, "true"));
  }

  @Test
  void shouldKnowACommandAgainAfterARestartAndForSevenDays() {
    flow.send(command("c-1", "circuit.reset"));
    flow.results();

    flow = flow.restart(Duration.ofSeconds(-30));
    flow.send(command("c-1", "circuit.reset"));
    flow.tick(Duration.ofDays(7).minusMinutes(1));
    flow.send(command("c-1", "circuit.reset"));

    assertThat(flow.applied).isEmpty();
    assertThat(flow.results())
        .hasSize(2)
        .allMatch(result -> result.getDetails().containsKey("repeated"));
  }

  @Test
  void shouldForgetACommandAfterSevenDays() {
    flow.send(command("c-1", "circuit.reset"));
    flow.tick(Duration.ofDays(7));
    flow.send(command("c-1", "circuit.reset"));

    assertThat(flow.applied).hasSize(2);
  }

  @Test
  void shouldRefuseAnotherCommandUnderAnIdThatIsTaken() {
    flow.send(command("c-1", "circuit.reset"));
    flow.results();
    flow.send(command("c-1", "circuit.force-open"));

    var result = onlyResult();
    assertThat(flow.applied).hasSize(1);
    assertThat(result.getStatus()).isEqualTo(CommandStatus.REFUSED);
    assertThat(result.getMessage()).contains("c-1 was taken by circuit.reset notion");
  }

  @Test
  void shouldSuggestTheNearestNameAndListTheKnownOnes() {
    flow.send(command("c-1", "circuit.rest"));

    var result = onlyResult();
    assertThat(flow.applied).isEmpty();
    assertThat(result.getStatus()).isEqualTo(CommandStatus.REFUSED);
    assertThat(result.getCommandId()).isEqualTo("c-1");
    assertThat(result.getSubject()).isEqualTo("notion");
    assertThat(result.getMessage())
        .isEqualTo(
            "there is no command 'circuit.rest': did you mean circuit.reset? known are"
                + " cache.clear, circuit.force-open, circuit.reset");
    assertThat(result.getDetails()).containsEntry("coordinates", "actions.commands-0-0");
  }

  @Test
  void shouldTakeAMendedCommandUnderTheIdOfARefusedOne() {
    flow.send(command("c-1", "circuit.rest"));
    flow.send(command("c-1", "circuit.reset"));

    assertThat(flow.results())
        .extracting(CommandResult::getStatus)
        .containsExactly(CommandStatus.REFUSED, CommandStatus.DONE);
  }

  static List<Command> unfit() {
    var longText = "x".repeat(2_001);
    var sane = command("c-1", "circuit.reset");
    return List.of(
        command("", "circuit.reset"),
        command(" ", "circuit.reset"),
        command("c\n1", "circuit.reset"),
        command("c".repeat(201), "circuit.reset"),
        command("c-1", ""),
        command("c-1", "x".repeat(100_000)),
        Command.newBuilder(sane).setSubject("x".repeat(201)).build(),
        Command.newBuilder(sane).setSubject("no\u001btion").build(),
        Command.newBuilder(sane).setActor("a\tb").build(),
        Command.newBuilder(sane).setReason(longText).build(),
        Command.newBuilder(sane).setArguments(Map.of("k", longText)).build(),
        Command.newBuilder(sane).setArguments(Map.of("k\n", "v")).build());
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void shouldRefuseWhatNoCommandMayBe(Command command) {
    flow.send(command);

    var result = onlyResult();
    assertThat(flow.applied).isEmpty();
    assertThat(result.getStatus()).isEqualTo(CommandStatus.REFUSED);
    assertThat(result.getMessage()).isNotBlank().hasSizeLessThanOrEqualTo(2_000);
    assertThat(result.getCommandId()).hasSizeLessThanOrEqualTo(200);
  }

  static List<byte[]> garbage() {
    var noise = new byte[1_000_000];
    new Random(3).nextBytes(noise);
    var framed = noise.clone();
    Arrays.fill(framed, 0, 5, (byte) 0);
    return Arrays.asList(null, new byte[0], bytesOf("{\"name\":1}"), new byte[5], noise, framed);
  }

  @ParameterizedTest
  @MethodSource("garbage")
  void shouldAnswerBytesThatAreNoCommandUnderTheIdInTheirHeader(byte[] value) {
    var headers = new RecordHeaders().add("command-id", bytesOf("c-9"));
    flow.send(new TestRecord<>(value, value, headers));
    flow.send(new TestRecord<>(null, value));

    var results = flow.results();
    assertThat(results).extracting(CommandResult::getCommandId).containsExactly("c-9", "");
    assertThat(results)
        .allMatch(
            result ->
                result.getStatus() == CommandStatus.REFUSED && !result.getMessage().isBlank());
    assertThat(results.get(1).getDetails()).containsEntry("coordinates", "actions.commands-0-1");
  }

  @Test
  void shouldSurviveAHeaderThatIsNoText() {
    var headers = new RecordHeaders();
    headers.add("command-id", new byte[] {(byte) 0xff, 0, 27, (byte) 0xc3});
    headers.add("command-id", null);

    flow.send(new TestRecord<>(null, new byte[] {1}, headers));

    assertThat(onlyResult().getStatus()).isEqualTo(CommandStatus.REFUSED);
  }

  @Test
  void shouldHoldCommandsUntilTheirSchemaIsThereAndThenDoThemInOrder() throws Exception {
    int schemaId = flow.foreignSchema();
    flow.registryClient.away = true;
    for (int number = 0; number < 5; number++) {
      flow.sendForeign(command("c-" + number, "circuit.reset"), schemaId);
    }
    flow.send(command("other", "cache.clear"));
    eventually(() -> assertThat(flow.registryClient.refused).isGreaterThanOrEqualTo(2));
    assertThat(flow.applied).extracting(CommandFlow.Applied::node).containsExactly("cache-keeper");

    flow.registryClient.away = false;

    eventually(() -> assertThat(flow.applied).hasSize(6));
    assertThat(flow.applied)
        .extracting(applied -> applied.command().getCommandId())
        .containsExactly("other", "c-0", "c-1", "c-2", "c-3", "c-4");
  }

  @Test
  void shouldKeepWhatWaitsForItsSchemaOverARestart() throws Exception {
    int schemaId = flow.foreignSchema();
    flow.registryClient.away = true;
    flow.sendForeign(command("c-1", "circuit.reset"), schemaId);
    flow = flow.restart(Duration.ofSeconds(-5));
    flow.sendForeign(command("c-1", "circuit.reset"), schemaId);

    flow.registryClient.away = false;

    eventually(() -> assertThat(flow.applied).hasSize(1));
    flow.tick(STEP);
    assertThat(flow.results()).hasSize(2);
  }

  @Test
  void shouldRefuseACommandWhoseSchemaTheRegistryDoesNotHave() {
    flow.sendForeign(command("c-1", "circuit.reset"), 777);

    var result =
        Awaitility.await()
            .pollDelay(Duration.ZERO)
            .until(
                () -> {
                  flow.tick(STEP);
                  return flow.results();
                },
                results -> results.size() == 1)
            .get(0);
    assertThat(result.getMessage()).contains("schema id 777 is not in the registry");
    assertThat(result.getDetails()).containsEntry("coordinates", "actions.commands-0-0");
  }

  @Test
  void shouldBoundTheTextsOfASelection() {
    var filter = SelectionFilter.newBuilder().setText("x".repeat(401)).build();
    var selection = Selection.newBuilder().setFilter(filter).setCount(1).setHash("").build();

    flow.send(Command.newBuilder(command("c-1", "circuit.reset")).setSelection(selection).build());

    assertThat(onlyResult().getMessage())
        .isEqualTo("selection: filter.text has 401 characters; shorten it to 400");
  }
}
