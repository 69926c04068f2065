package io.backstop.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.client.AnnouncedInstances;
import io.backstop.testing.BrokerExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Any instance answers for the whole fleet, and says what is missing while one is away. */
class DeskFleetIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final int LETTERS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path directory;

  private static JsonNode list(String url) {
    return DeskFleet.get(url, "/v1/dead-letters?limit=500");
  }

  private static List<String> ids(JsonNode page) {
    return page.path("items").findValuesAsText("id");
  }

  private static void awaitWhole(String url) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              JsonNode page = list(url);
              assertThat(page.path("partial").asBoolean(true)).as(page.toString()).isFalse();
              assertThat(ids(page)).hasSize(LETTERS);
            });
  }

  private static void awaitShared(String url) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              JsonNode instances = DeskFleet.get(url, "/v1/instances");
              assertThat(instances.path("items")).as(instances.toString()).hasSize(2);
              assertThat(instances.path("items"))
                  .allSatisfy(each -> assertThat(each.path("partitions")).isNotEmpty());
            });
  }

  @Test
  void shouldAnswerForAllFromAnyInstance() throws Exception {
    DeskFleet fleet = new DeskFleet(BROKER, directory);
    fleet.write(LETTERS);

    try (ServedProcessor one = fleet.start("one")) {
      String first = one.url().orElseThrow();
      try (ServedProcessor other = fleet.start("other")) {
        String second = other.url().orElseThrow();
        awaitShared(first);
        awaitWhole(first);
        awaitWhole(second);

        assertThat(ids(list(first))).startsWith("l-39", "l-38").isEqualTo(ids(list(second)));
        for (String id : List.of("l-0", "l-1", "l-2", "l-3")) {
          assertThat(DeskFleet.get(first, "/v1/dead-letters/" + id).at("/letter/id").asText())
              .isEqualTo(id);
        }
        JsonNode groups = DeskFleet.get(second, "/v1/dead-letter-groups");
        assertThat(groups.at("/items/0/count").asInt()).isEqualTo(LETTERS);
        assertThat(AnnouncedInstances.urls(fleet.config("unused"), problem -> {}))
            .containsExactlyInAnyOrder(first, second);
      }
      awaitWhole(first);
      assertThat(AnnouncedInstances.urls(fleet.config("unused"), problem -> {}))
          .containsExactly(first);
    }
    assertThat(AnnouncedInstances.urls(fleet.config("unused"), problem -> {})).isEmpty();
  }

  @Test
  void shouldSayWhatIsMissingWhileAKilledInstanceIsAwayAndBeWholeAfterwards() throws Exception {
    DeskFleet fleet =
        new DeskFleet(
            BROKER,
            directory,
            "backstop.kafka.group-protocol",
            "classic",
            "backstop.kafka.properties.\"session.timeout.ms\"",
            "6000");
    fleet.write(LETTERS);

    try (ServedProcessor one = fleet.start("one");
        var victim = fleet.startApart("victim")) {
      String url = one.url().orElseThrow();
      awaitShared(url);
      awaitWhole(url);
      victim.kill();

      JsonNode page = list(url);

      assertThat(page.path("partial").asBoolean()).isTrue();
      assertThat(ids(page)).isNotEmpty().hasSizeLessThan(LETTERS);
      assertThat(page.at("/missing/0/why").asText()).isEqualTo("it cannot be reached");
      var away = new HashSet<Integer>();
      page.at("/missing/0/partitions").forEach(each -> away.add(each.asInt()));
      assertThat(ids(page))
          .noneMatch(id -> away.contains(Integer.parseInt(id.substring(2)) % DeskFleet.PARTITIONS));
      awaitWhole(url);
    }
  }
}
