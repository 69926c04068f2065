package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.DeadLetter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random bytes and mutated requests: one outcome each, and nothing throws. */
class NoPoisonScenarioTest {
  private static final int RECORDS = 1_000;

  @TempDir private Path stateDir;

  @Test
  void shouldGiveEveryRandomRecordOneOutcome() {
    var random = new Random(11);
    try (var flow = new ActionScenario(stateDir)) {
      flow.answers.add(call -> call.succeed("{}"));
      for (int i = 0; i < RECORDS; i++) {
        flow.publish(null, i % 2 == 0 ? noise(random) : mutant(flow, random, i));
      }

      Awaitility.await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(10))
          .untilAsserted(
              () -> {
                flow.tick(Duration.ofMillis(20));
                assertThat(flow.storedRecords("awaiting-schema")).isZero();
              });
      flow.tick();

      var letters = flow.deadLetters();
      assertThat(letters.size() + flow.results().size()).isEqualTo(RECORDS);
      assertThat(letters).extracting(DeadLetter::getId).doesNotHaveDuplicates();
    }
  }

  private static byte[] noise(Random random) {
    byte[] value = new byte[random.nextInt(100)];
    random.nextBytes(value);
    if (value.length > 4 && random.nextBoolean()) {
      value[0] = 0;
      value[1] = 0;
      value[2] = 0;
      value[3] = 0;
    }
    return value;
  }

  private static byte[] mutant(ActionScenario flow, Random random, int i) {
    byte[] value = flow.requestEncoder.encode(request("mutant-" + i));
    value[5 + random.nextInt(value.length - 5)] = (byte) random.nextInt();
    return value;
  }
}
