package io.backstop.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.executor.Json;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That every side really does the work it is measured at; not how fast. */
@Tag("long")
class PeersBenchIT {
  private static final int REQUESTS = 200;

  /** So that a slow machine causes no repeats. */
  private static final Map<String, String> PATIENT = Map.of("backstop.execution.timeout", "30s");

  private static JsonNode figures(Workload workload, Set<Contender> sides) {
    var options = new PeersOptions(REQUESTS, 1, 2, 0, EnumSet.of(workload), sides, PATIENT);
    var report = PeersBench.run(options, new PrintWriter(Writer.nullWriter()));
    return Json.read(report.json()).orElseThrow().path("workloads").path(workload.label());
  }

  @Test
  void shouldDoEveryRequestAtTheFallbackWithEverySideWhileThePrimaryIsOut() {
    JsonNode figures = figures(Workload.OUTAGE, EnumSet.allOf(Contender.class));

    for (Contender each : Contender.values()) {
      JsonNode side = figures.path(each.id());
      int requests = each.requests(Workload.OUTAGE, REQUESTS);
      assertThat(side.path("requests").asInt()).as(each.id()).isEqualTo(requests);
      assertThat(side.path("lost").asInt(-1)).as(each.id()).isZero();
      assertThat(side.path("perSecond").asDouble()).as(each.id()).isPositive();
      assertThat(side.path("primaryCalls").asInt()).as(each.id()).isPositive();
      assertThat(side.path("fallbackCalls").asInt()).as(each.id()).isGreaterThanOrEqualTo(requests);
      assertThat(side.path("failed").asInt(-1)).as(each.id()).isZero();
    }
  }

  @Test
  void shouldCountTheEffectsThatDuplicatesCause() {
    JsonNode figures =
        figures(Workload.DUPLICATES, EnumSet.of(Contender.BACKSTOP, Contender.PARALLEL));

    assertThat(figures.path("backstop").path("lost").asInt(-1)).isZero();
    assertThat(figures.path("backstop").path("duplicateEffects").asInt(-1)).isZero();
    assertThat(figures.path("parallel").path("lost").asInt(-1)).isZero();
    assertThat(figures.path("parallel").path("duplicateEffects").asInt(-1))
        .isGreaterThanOrEqualTo(REQUESTS / 2);
  }
}
