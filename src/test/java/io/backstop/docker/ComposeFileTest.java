package io.backstop.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ComposeFileTest {
  private static final ComposeFile FILE = ComposeFile.read();

  private static Stream<JsonNode> volumes(String service) {
    return CommittedDocuments.elements(FILE.service(service).path("volumes"));
  }

  @Test
  void shouldSetOnlySettingsThatThereAre() {
    String reference = CommittedDocuments.text("docs/configuration.md");

    assertThat(FILE.processors())
        .flatMap(processor -> FILE.environment(processor).keySet())
        .filteredOn(variable -> variable.startsWith("BACKSTOP_"))
        .hasSizeGreaterThan(10)
        .allSatisfy(variable -> assertThat(reference).contains("`" + variable + "`"));
  }

  @Test
  void shouldGiveEachProcessorANameAnAddressAndAStateOfItsOwn() {
    assertThat(FILE.processors()).hasSize(3);
    for (String processor : FILE.processors()) {
      assertThat(FILE.environment(processor))
          .containsEntry("BACKSTOP_KAFKA_GROUP_PROTOCOL", "classic")
          .containsEntry("BACKSTOP_KAFKA_GROUP_INSTANCE_ID", processor)
          .containsEntry("BACKSTOP_QUERY_ADVERTISED_HOST", processor);
      assertThat(volumes(processor).map(JsonNode::asText))
          .containsExactly(processor + "-state:" + Dockerfile.read().only("VOLUME"));
    }
  }

  @Test
  void shouldScrapeEveryProcessorWhereItsHealthIsAsked() {
    String port = Dockerfile.read().only("EXPOSE");
    JsonNode scraped =
        CommittedDocuments.yaml("docker/prometheus/prometheus.yml")
            .path("scrape_configs")
            .path(0)
            .path("static_configs")
            .path(0)
            .path("targets");
    List<String> check = Dockerfile.execForm(Dockerfile.read().only("HEALTHCHECK"));

    assertThat(CommittedDocuments.elements(scraped).map(JsonNode::asText))
        .containsExactlyElementsOf(
            FILE.processors().stream().map(processor -> processor + ":" + port).toList());
    assertThat(check.get(check.size() - 1)).isEqualTo("http://127.0.0.1:" + port + "/health/live");
  }

  @Test
  void shouldMountWhatIsThere() {
    assertThat(FILE.services())
        .flatMap(service -> volumes(service).map(JsonNode::asText).toList())
        .filteredOn(volume -> volume.startsWith("./"))
        .hasSize(3)
        .allSatisfy(
            volume -> assertThat(Path.of("docker", volume.split(":")[0])).isNotEmptyDirectory());
    assertThat(volumes("grafana").map(JsonNode::asText))
        .contains("./grafana/dashboards:" + dashboardDirectory() + ":ro");
    assertThat(FILE.environment("grafana").get("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"))
        .isEqualTo(dashboardDirectory() + "/backstop.json");
  }

  private static String dashboardDirectory() {
    return CommittedDocuments.yaml("docker/grafana/provisioning/dashboards/backstop.yaml")
        .path("providers")
        .path(0)
        .path("options")
        .path("path")
        .asText();
  }

  @Test
  void shouldBeReachableFromThisMachineOnly() {
    assertThat(FILE.services())
        .flatMap(
            service -> CommittedDocuments.elements(FILE.service(service).path("ports")).toList())
        .isNotEmpty()
        .allSatisfy(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
  }

  @Test
  void shouldNameTheVersionOfEveryImage() {
    assertThat(FILE.services())
        .filteredOn(service -> FILE.service(service).path("build").isMissingNode())
        .hasSize(4)
        .allSatisfy(
            service ->
                assertThat(FILE.service(service).path("image").asText())
                    .matches(".+:v?\\d+\\.\\d+\\.\\d+"));
  }
}
