package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.DeskOrder;
import io.backstop.action.LetterSet;
import io.backstop.action.Selection;
import io.backstop.client.Commands;
import io.backstop.serde.Decoded;
import io.backstop.serde.Registry;
import io.backstop.serde.WireDecoder;
import io.backstop.testing.BrokerExtension;
import io.backstop.testing.TestConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An order to all desks reaches each partition that there is, once. */
class DeskOrdersIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final String ID = "nowhere-0-1";

  @TempDir private Path stateDir;

  @Test
  void shouldAskEveryDeskForItsLettersOnce() throws Exception {
    try (var scenario = new ProcessorScenario(BROKER, stateDir);
        var processor = scenario.start(TestTarget.silent());
        var commands = Commands.open(TestConfig.with(scenario.settings()));
        var registry = new Registry(TestConfig.with(scenario.settings()).registry());
        var decoder = new WireDecoder<>(DeskOrder.class, registry, InstantSource.system())) {
      assertThat(processor).isNotNull();

      CommandResult answer = commands.send(replay(), Duration.ofSeconds(60)).orElseThrow();

      String topic = scenario.topics.deskOrders();
      decoder.warmUp(topic + "-value").join();
      List<Integer> asked =
          new CommittedRecords(TestConfig.with(scenario.settings()))
              .of(topic).stream()
                  .filter(order -> isSelect(decoder, order))
                  .map(ConsumerRecord::partition)
                  .toList();
      assertThat(answer.getStatus()).isEqualTo(CommandStatus.ACCEPTED);
      assertThat(answer.getMessage())
          .contains("the desk has not answered yet of partition 0, 1, 2");
      assertThat(asked)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, ProcessorScenario.PARTITIONS).boxed().toList());
    }
  }

  private static boolean isSelect(
      WireDecoder<DeskOrder> decoder, ConsumerRecord<byte[], byte[]> order) {
    return decoder.decode(order.value()) instanceof Decoded.Value<DeskOrder> read
        && read.value().getSelect() != null;
  }

  private static Command replay() {
    return Command.newBuilder()
        .setCommandId("op")
        .setName("replay.start")
        .setIssuedAt(Instant.now())
        .setSelection(
            Selection.newBuilder()
                .setIds(List.of(ID))
                .setCount(1)
                .setHash(LetterSet.EMPTY.with(ID).hash())
                .build())
        .build();
  }
}
