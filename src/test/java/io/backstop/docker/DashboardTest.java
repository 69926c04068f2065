package io.backstop.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DashboardTest {
  private static final int COLUMNS = 24;
  private static final JsonNode DASHBOARD = CommittedDocuments.dashboard();

  private static List<JsonNode> panels() {
    return CommittedDocuments.elements(DASHBOARD.path("panels")).toList();
  }

  private static List<JsonNode> charts() {
    return panels().stream().filter(panel -> !panel.path("type").asText().equals("row")).toList();
  }

  @Test
  void shouldSayWhatEveryPanelShows() {
    assertThat(charts())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            panel -> {
              assertThat(panel.path("title").asText()).isNotBlank();
              assertThat(panel.path("description").asText()).endsWith(".");
              assertThat(panel.path("targets")).isNotEmpty();
            });
  }

  @Test
  void shouldAskTheProvisionedDatasource() {
    JsonNode source =
        CommittedDocuments.yaml("docker/grafana/provisioning/datasources/prometheus.yaml")
            .path("datasources")
            .path(0);

    assertThat(DASHBOARD.findValues("datasource"))
        .hasSize(charts().size() + 1)
        .allSatisfy(
            used -> {
              assertThat(used.path("uid").asText()).isEqualTo(source.path("uid").asText());
              assertThat(used.path("type").asText()).isEqualTo(source.path("type").asText());
            });
  }

  @Test
  void shouldPlaceThePanelsSideBySideAndNoneOverAnother() {
    Set<String> taken = new HashSet<>();
    for (JsonNode panel : panels()) {
      JsonNode place = panel.path("gridPos");
      int right = place.path("x").asInt() + place.path("w").asInt();
      assertThat(right).as(panel.path("title").asText()).isLessThanOrEqualTo(COLUMNS);
      for (int x = place.path("x").asInt(); x < right; x++) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
          assertThat(taken.add(x + "," + (place.path("y").asInt() + y)))
              .as("%s is over another panel", panel.path("title").asText())
              .isTrue();
        }
      }
    }
    assertThat(panels()).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
  }

  @Test
  void shouldUseNoVariableThatItDoesNotHave() {
    Set<String> known = new HashSet<>(Set.of("__rate_interval"));
    CommittedDocuments.elements(DASHBOARD.path("templating").path("list"))
        .forEach(variable -> known.add(variable.path("name").asText()));

    assertThat(DASHBOARD.findValuesAsText("expr"))
        .allSatisfy(
            expression ->
                assertThat(
                        Pattern.compile("\\$(\\w+)")
                            .matcher(expression)
                            .results()
                            .map(found -> found.group(1)))
                    .isSubsetOf(known));
  }
}
