package io.backstop.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.executor.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Pattern;

/** The simulator in a process of its own: a primary service, and one to fall back to. */
final class SimulatedPair implements AutoCloseable {
  static final String PRIMARY = "notion";
  static final String FALLBACK = "trello";
  private static final Pattern NOTION = Pattern.compile("^\\s+notion\\s+(\\S+)");
  private static final Pattern TRELLO = Pattern.compile("^\\s+trello\\s+(\\S+)");

  /**
   * What one service saw.
   *
   * @param calls of every kind, health calls among them
   * @param effects how often something was made there
   */
  record Traffic(long calls, long effects) {}

  private final ChildJvm process = ChildJvm.start(List.of("-Xmx512m"), "simulator", "--port", "0");
  private final HttpClient http = HttpClient.newHttpClient();
  private final String primaryUrl = process.await(NOTION);
  private final String fallbackUrl = process.await(TRELLO);

  String primaryUrl() {
    return primaryUrl;
  }

  String fallbackUrl() {
    return fallbackUrl;
  }

  /** Forgets what it saw, and behaves from now on as the workload wants. */
  void begin(Workload workload) {
    ask("PUT", "/faults/" + PRIMARY, workload.primaryFaults());
    ask("PUT", "/faults/" + FALLBACK, workload.fallbackFaults());
    ask("DELETE", "/stats", "");
  }

  Traffic traffic(String service) {
    JsonNode seen = Json.read(ask("GET", "/stats", "")).orElseThrow();
    JsonNode counts = seen.path("services").path(service);
    return new Traffic(
        counts.path("calls").asLong(), counts.path("effects").path("total").asLong());
  }

  private String ask(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(primaryUrl).resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(
            "the simulator answered %d to %s %s: %s"
                .formatted(answer.statusCode(), method, path, answer.body()));
      }
      return answer.body();
    } catch (IOException e) {
      throw new IllegalStateException("the simulator is gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
