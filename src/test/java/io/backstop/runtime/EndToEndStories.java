package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.DeadLetter;
import io.backstop.action.FailureClass;
import io.backstop.action.TaskPayload;
import io.backstop.simulator.EmulatedService;
import io.backstop.testing.TestConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has to happen on every broker and with every registry, told once for all of them. */
interface EndToEndStories {

  /** {@code host:port} of the broker. */
  String bootstrapServers();

  String registryUrl();

  private ProcessorScenario scenario(Path state, String... settings) {
    return new ProcessorScenario(bootstrapServers(), registryUrl(), state, settings);
  }

  @ParameterizedTest(name = "group protocol {0}")
  @ValueSource(strings = {"streams", "classic"})
  default void shouldGiveEveryRequestOneResultAcrossARestart(String protocol, @TempDir Path temp) {
    try (var flow = scenario(temp, "backstop.kafka.group-protocol", protocol)) {
      flow.publish("r", 300);
      for (int seen : new int[] {100, 300}) {
        try (var processor = flow.start(TestTarget.answeringAfter(Duration.ofMillis(5)))) {
          flow.awaitOutcomes(seen);
          assertThat(processor.fatal()).isNotDone();
        }
      }
      flow.readOn();

      assertThat(flow.letters()).isEmpty();
      assertThat(flow.results())
          .extracting(ActionResult::getRequestId)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 300).mapToObj(i -> "r-" + i).toList());
    }
  }

  @Test
  default void shouldCallOncePerKeyAndAnswerEveryDuplicate(@TempDir Path temp) {
    var target = TestTarget.answeringAfter(Duration.ofMillis(5));
    try (var flow = scenario(temp);
        var processor = flow.start(target)) {
      for (int copy = 0; copy < 3; copy++) {
        for (int key = 0; key < 40; key++) {
          ActionRequest request =
              ActionRequest.newBuilder(ProcessorScenario.request("r-" + key + "-" + copy))
                  .setIdempotencyKey("key-" + key)
                  .build();
          flow.publish(ProcessorScenario.utf8("key-" + key), flow.encoder.encode(request));
        }
      }
      flow.producer.flush();

      flow.awaitOutcomes(120);

      assertThat(processor.fatal()).isNotDone();
      assertThat(target.calls)
          .hasSize(40)
          .extracting(TestTarget.Call::idempotencyKey)
          .doesNotHaveDuplicates();
      assertThat(flow.results()).filteredOn(result -> result.getDuplicateOf() != null).hasSize(80);
    }
  }

  @Test
  default void shouldKeepWhatCannotBeReadAsDeadLetters(@TempDir Path temp) {
    try (var flow = scenario(temp);
        var processor = flow.start(TestTarget.answeringAfter(Duration.ZERO))) {
      for (int i = 0; i < 20; i++) {
        // a schema id that the registry does not know, and no schema id at all
        byte[] value =
            i % 2 == 0 ? new byte[] {0, 0x7f, 0, 0, 1, 2} : ProcessorScenario.utf8("bad");
        flow.publish(ProcessorScenario.utf8("bad-" + i), value);
        flow.publish(ProcessorScenario.request("good-" + i));
      }
      flow.producer.flush();

      flow.awaitOutcomes(40);

      assertThat(processor.fatal()).isNotDone();
      assertThat(flow.results()).hasSize(20);
      assertThat(flow.letters())
          .hasSize(20)
          .extracting(DeadLetter::getFailureClass)
          .containsOnly(FailureClass.UNDECODABLE);
    }
  }

  @Test
  default void shouldDoElsewhereWhatAServiceThatIsDownCannot(@TempDir Path temp) {
    try (var services = new SimulatedServices(temp.resolve("services"));
        var flow =
            scenario(
                temp.resolve("state"), services.settings("backstop.retry.max-attempts", "1"))) {
      services.onlyDown(EmulatedService.NOTION);
      var config = TestConfig.with(flow.settings());
      try (var processor =
          ActionProcessor.start(config, Outside.configured(config), Clock.systemUTC())) {
        flow.publish(page("elsewhere"));
        flow.producer.flush();

        ActionResult result = flow.awaitResult("elsewhere");

        assertThat(processor.fatal()).isNotDone();
        assertThat(result.getExecutedBy()).isEqualTo("trello:createCard");
        assertThat(result.getPrimaryAction()).isEqualTo("notion:createPage");
        assertThat(result.getOriginalError()).startsWith("SERVER_ERROR");
        assertThat(services.effects(EmulatedService.TRELLO)).isEqualTo(1);
      }
    }
  }

  private static ActionRequest page(String id) {
    return ActionRequest.newBuilder()
        .setRequestId(id)
        .setAction("notion:createPage")
        .setPayload(
            TaskPayload.newBuilder()
                .setTitle("Title of " + id)
                .setContainer("0123456789abcdef0123456789abcdef")
                .build())
        .build();
  }
}
