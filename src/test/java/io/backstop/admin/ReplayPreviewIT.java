package io.backstop.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.cli.BackstopCommand;
import io.backstop.testing.BrokerExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Previews and outcomes of two instances on a real broker, whichever of them is asked. */
class ReplayPreviewIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int REQUESTS = 12;

  @TempDir private Path directory;

  private static Set<String> texts(JsonNode items, String member) {
    Set<String> texts = new HashSet<>();
    items.forEach(each -> texts.add(each.path(member).asText()));
    return texts;
  }

  /** Requests that cannot be done, because nobody has given credentials. */
  private void publish(DeskFleet fleet) throws Exception {
    var config = fleet.config("unused");
    Path lines =
        Files.writeString(
            directory.resolve("requests.jsonl"),
            IntStream.range(0, REQUESTS)
                .mapToObj(
                    number ->
                        "{\"action\":\"notion:createPage\",\"idempotencyKey\":\"k-%d\",\"payload\":{\"title\":\"t\",\"container\":\"db\"},\"policy\":{\"fallbackSteps\":[]}}"
                            .formatted(number))
                .collect(Collectors.joining("\n")));
    int exitCode =
        BackstopCommand.execute(
            "publish",
            "--file",
            lines.toString(),
            "--topic",
            config.topics().prefix() + "requests",
            "--bootstrap-servers",
            BROKER.bootstrapServers(),
            "--registry",
            BROKER.registryUrl());
    assertThat(exitCode).isZero();
  }

  @Test
  void shouldPreviewAndTellOutcomesOfAllPartitionsFromAnyInstance() throws Exception {
    DeskFleet fleet = new DeskFleet(BROKER, directory);
    String keys =
        IntStream.range(0, REQUESTS).mapToObj(n -> "key=k-" + n).collect(Collectors.joining("&"));

    try (ServedProcessor one = fleet.start("one");
        ServedProcessor other = fleet.start("other")) {
      publish(fleet);
      for (ServedProcessor asked : List.of(one, other)) {
        String url = asked.url().orElseThrow();
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(200))
            .untilAsserted(
                () -> {
                  JsonNode outcomes = DeskFleet.get(url, "/v1/outcomes?" + keys);
                  assertThat(outcomes.path("items")).as(outcomes.toString()).hasSize(REQUESTS);
                  assertThat(texts(outcomes.path("items"), "status"))
                      .containsExactly("DEAD_LETTERED");
                  JsonNode preview = DeskFleet.get(url, "/v1/replay-preview?limit=500");
                  assertThat(preview.path("partial").asBoolean(true)).isFalse();
                  assertThat(preview.path("items")).hasSize(REQUESTS);
                });

        JsonNode preview = DeskFleet.get(url, "/v1/replay-preview?limit=500");

        assertThat(texts(preview.path("items"), "verdict")).containsExactly("WOULD_EXECUTE");
        assertThat(texts(preview.path("items"), "generation")).containsExactly("1");
        assertThat(preview.path("cutOff")).hasSize(DeskFleet.PARTITIONS);
        assertThat(
                preview.path("cutOff").properties().stream()
                    .mapToLong(each -> each.getValue().asLong())
                    .sum())
            .isGreaterThanOrEqualTo(REQUESTS);
        assertThat(preview.at("/targets/notion:createPage/circuit").asText()).isEqualTo("CLOSED");
      }
    }
  }
}
