package io.backstop.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.executor.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That the benches run through and say something; not what they measure. */
@Tag("long")
class BenchIT {
  private static final int REQUESTS = 300;

  private final StringWriter printed = new StringWriter();
  private final PrintWriter out = new PrintWriter(printed, true);

  @Test
  void shouldEndTheOverheadBenchWithItsFigures() {
    OverheadBench.run(options(1), out);

    JsonNode figures = figures();
    assertThat(figures.path("bench").asText()).isEqualTo("overhead");
    assertThat(figures.path("pacedRequests").asInt()).isEqualTo(PacedRun.PER_SECOND);
    assertThat(figures.path("p50Ms").asDouble()).isPositive();
    assertThat(figures.path("p99Ms").asDouble())
        .isGreaterThanOrEqualTo(figures.path("p50Ms").asDouble());
    mustCompareBothSides(figures);
  }

  @Test
  void shouldEndTheCallsBenchWithItsFigures() {
    CallsBench.run(options(0), out);

    JsonNode figures = figures();
    assertThat(figures.path("bench").asText()).isEqualTo("calls");
    mustCompareBothSides(figures);
  }

  @Test
  void shouldEndTheBreakerBenchWithItsFigures() {
    BreakerBench.run(new BreakerOptions(2, 100, Map.of()), out);

    JsonNode figures = figures();
    assertThat(figures.path("bench").asText()).isEqualTo("breaker");
    assertThat(figures.path("trips").asInt()).isEqualTo(2);
    assertThat(figures.path("recovery").path("p50").asDouble()).isPositive();
    assertThat(figures.path("probes").path("max").asDouble()).isPositive();
  }

  @Test
  void shouldEndTheDeskBenchWithItsFigures() {
    DeskBench.run(new DeskOptions(REQUESTS, 5, 2, Map.of()), out);

    JsonNode figures = figures();
    assertThat(figures.path("bench").asText()).isEqualTo("desk");
    assertThat(figures.path("letters").asInt()).isEqualTo(REQUESTS);
    assertThat(figures.path("first page").path("p50Ms").asDouble()).isPositive();
  }

  @Test
  void shouldEndTheScaleBenchWithWhatEachSizeCosts() {
    JsonNode figures =
        ScaleBench.run(
            new ScaleOptions(List.of(800), List.of(), List.of(1, 2), REQUESTS / 2, 1, Map.of()),
            out);

    JsonNode keys = figures.path("keys").path(0);
    assertThat(keys.path("keys").asInt()).isEqualTo(800);
    assertThat(keys.path("ratio").asDouble()).isPositive();
    assertThat(keys.path("diskBytesPerKey").asDouble()).isPositive();
    assertThat(keys.path("restoreSeconds").asDouble()).isPositive();
    assertThat(keys.path("brokerBytesPerRequest").path("finished-changelog").asDouble())
        .isPositive();
    assertThat(figures.path("instances").path(0).path("ratio").asDouble()).isPositive();
    assertThat(figures.has("partitions")).isFalse();
  }

  @Test
  void shouldEndTheTakeoverBenchWithTheTimeWithoutProgress() {
    JsonNode figures =
        TakeoverBench.run(
            new TakeoverOptions(
                REQUESTS, List.of("classic"), List.of(1), List.of("6s"), 1, 2, 4, 40, Map.of()),
            out);

    JsonNode taken = figures.path("cases").path(0);
    assertThat(taken.path("sessionTimeoutMs").asInt()).isEqualTo(6_000);
    // nobody can know of the death before the session is over, less one heartbeat
    assertThat(taken.path("longestSeconds").path(0).asDouble()).isGreaterThan(3);
  }

  private static void mustCompareBothSides(JsonNode figures) {
    assertThat(figures.path("requests").asInt()).isEqualTo(REQUESTS);
    assertThat(figures.path("machine").path("cores").asInt()).isPositive();
    for (String field : List.of("barePerSecond", "backstopPerSecond", "ratio")) {
      assertThat(figures.path(field).asDouble()).as(field).isPositive();
      assertThat(figures.path(field + "Range")).as(field).hasSize(2);
    }
  }

  private JsonNode figures() {
    String last = printed.toString().lines().reduce("", (before, line) -> line);
    return Json.read(last).orElseThrow();
  }

  /** More than one partition and thread, which the default does not try. */
  private static BenchOptions options(int pacedSeconds) {
    return new BenchOptions(REQUESTS, 1, 2, 2, pacedSeconds, Map.of());
  }
}
