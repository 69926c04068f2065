package io.backstop.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.client.QueryClient;
import io.backstop.executor.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * How long queries about many dead letters take, as a client of one instance sees it. The letters
 * come through their topic; the instances share this process, the broker is in another.
 */
public final class DeskBench {
  private static final String LETTERS = "/v1/dead-letters";
  private static final int WARM_UP = 30;
  private static final int PAGE = 100;

  private final DeskOptions options;
  private final PrintWriter out;
  private final Map<String, Latencies> measured = new LinkedHashMap<>();

  private DeskBench(DeskOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /** Prints as it goes; the last line is JSON. */
  public static void run(DeskOptions options, PrintWriter out) {
    new DeskBench(options, out).run();
  }

  private void run() {
    out.printf("%,d dead letters, %d instances ...%n", options.letters(), options.instances());
    out.flush();
    double loadSeconds;
    try (BenchCluster cluster = BenchCluster.start();
        DeskFleet fleet = new DeskFleet(cluster, options)) {
      fleet.fill();
      long start = System.nanoTime();
      fleet.start();
      fleet.awaitAll();
      loadSeconds = (System.nanoTime() - start) / 1e9;
      measure(fleet.client());
    }
    report(loadSeconds);
  }

  private void measure(QueryClient client) {
    measure("first page", () -> page(client, Map.of()));
    measure("next pages", walk(client));
    measure("filter met by 1 of 4", () -> page(client, Map.of("action", "slack:postMessage")));
    measure("text met by none", () -> page(client, Map.of("text", "no such text")));
    measure("one letter", letters(client));
    measure("groups", () -> client.get("/v1/dead-letter-groups", Map.of()).body());
  }

  private void measure(String what, Supplier<JsonNode> query) {
    for (int each = 0; each < WARM_UP; each++) {
      query.get();
    }
    List<Double> millis = new ArrayList<>();
    for (int each = 0; each < options.queries(); each++) {
      long start = System.nanoTime();
      JsonNode answer = query.get();
      millis.add((System.nanoTime() - start) / 1e6);
      if (answer.path("partial").asBoolean()) {
        throw new IllegalStateException("an answer was not whole: " + answer.path("missing"));
      }
    }
    Latencies latencies = Latencies.of(millis);
    measured.put(what, latencies);
    out.printf(
        "%-22s p50 %6.1f ms, p99 %6.1f ms, max %6.1f ms%n",
        what, latencies.percentile(50), latencies.percentile(99), latencies.percentile(100));
    out.flush();
  }

  private static JsonNode page(QueryClient client, Map<String, String> filter) {
    Map<String, String> parameters = new TreeMap<>(filter);
    parameters.put("limit", "" + PAGE);
    return client.get(LETTERS, parameters).body();
  }

  /** From page to page, and at the end from the beginning again. */
  private static Supplier<JsonNode> walk(QueryClient client) {
    List<Optional<String>> cursor = new ArrayList<>(List.of(Optional.empty()));
    return () -> {
      JsonNode page =
          page(client, cursor.get(0).map(at -> Map.of("cursor", at)).orElseGet(Map::of));
      cursor.set(0, Optional.ofNullable(page.path("next").textValue()));
      return page;
    };
  }

  /** Every 997th, so that they are of all times. */
  private Supplier<JsonNode> letters(QueryClient client) {
    int[] number = new int[1];
    return () -> {
      number[0] = (number[0] + 997) % options.letters();
      return client.get(LETTERS + "/" + DeskLetters.id(number[0]), Map.of()).body();
    };
  }

  private void report(double loadSeconds) {
    out.printf(
        "on the desk %,.0f letters/s (start of the instances included)%n",
        options.letters() / loadSeconds);
    ObjectNode json =
        Report.of("desk")
            .put("letters", options.letters())
            .put("instances", options.instances())
            .put("queries", options.queries())
            .put("loadSeconds", Report.rounded(loadSeconds));
    measured.forEach(
        (what, latencies) ->
            json.putObject(what)
                .put("p50Ms", Report.rounded(latencies.percentile(50)))
                .put("p99Ms", Report.rounded(latencies.percentile(99)))
                .put("maxMs", Report.rounded(latencies.percentile(100))));
    out.println(new String(Json.bytes(json), StandardCharsets.UTF_8));
    out.flush();
  }
}
