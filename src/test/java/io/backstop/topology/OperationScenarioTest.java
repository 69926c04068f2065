package io.backstop.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.DeskOrder;
import io.backstop.action.LetterSet;
import io.backstop.action.Selection;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands about dead letters in the whole topology. */
class OperationScenarioTest {
  private static final String ID = "actions.requests-0-17";

  @TempDir private Path stateDir;
  private ActionScenario scenario;

  @BeforeEach
  void start() {
    scenario = new ActionScenario(stateDir.resolve("first"));
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  private static Command replay(Map<String, String> arguments) {
    return Command.newBuilder()
        .setCommandId("op")
        .setName("replay.start")
        .setActor("ann")
        .setIssuedAt(ActionScenario.START)
        .setArguments(arguments)
        .setSelection(
            Selection.newBuilder()
                .setIds(List.of(ID))
                .setCount(1)
                .setHash(LetterSet.EMPTY.with(ID).hash())
                .build())
        .build();
  }

  private List<DeskOrder> selects() {
    try (var deserializer =
        new KafkaAvroDeserializer(
            scenario.registryClient,
            Map.of("schema.registry.url", "mock://", "specific.avro.reader", "true"))) {
      return scenario
          .driver
          .createOutputTopic(
              "actions.desk-orders", new ByteArrayDeserializer(), new ByteArrayDeserializer())
          .readValuesToList()
          .stream()
          .map(each -> (DeskOrder) deserializer.deserialize("actions.desk-orders", each))
          .filter(order -> order.getSelect() != null)
          .toList();
    }
  }

  @Test
  void shouldAcceptAReplayAndAskTheDesksOnceHoweverOftenItsCommandComes() {
    scenario.command(replay(Map.of()));
    scenario.command(replay(Map.of()));
    scenario.tick();

    List<CommandResult> answers = scenario.commandResults();
    assertThat(answers.get(0).getStatus()).isEqualTo(CommandStatus.ACCEPTED);
    assertThat(answers.get(0).getCommandId()).isEqualTo("op");
    assertThat(selects())
        .singleElement()
        .satisfies(
            order -> {
              assertThat(order.getOperationId()).isEqualTo("op");
              assertThat(order.getSelect().getSelection().getIds()).containsExactly(ID);
            });
  }

  @Test
  void shouldTakeAPatchThatIsLongerThanOtherTexts() {
    String patch = "{\"description\":\"" + "x".repeat(200_000) + "\"}";

    scenario.command(replay(Map.of("patch", patch)));

    assertThat(scenario.commandResults().get(0).getStatus()).isEqualTo(CommandStatus.ACCEPTED);
    assertThat(selects().get(0).getSelect().getPlan().getPatch()).isEqualTo(patch);
  }

  @Test
  void shouldRefuseWhatItCannotDoAndAskNoDesk() {
    scenario.command(replay(Map.of("rate", "fast")));
    scenario.command("c-2", "replay.cancel", "other");

    assertThat(scenario.commandResults())
        .extracting(CommandResult::getStatus, CommandResult::getMessage)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                CommandStatus.REFUSED,
                "rate is 'fast': give letters a second, 0.001 to 1000000, for example 12.5"),
            org.assertj.core.groups.Tuple.tuple(
                CommandStatus.REFUSED, "there is no operation 'other': none is under way"));
    assertThat(selects()).isEmpty();
  }
}
