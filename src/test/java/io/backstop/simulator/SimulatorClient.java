package io.backstop.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Calls a simulator as a stranger would: over HTTP with the JDK's client. */
final class SimulatorClient {
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI base;

  SimulatorClient(Simulator simulator) {
    this.base = simulator.baseUri();
  }

  /**
   * @param headers name, value, name, value ...
   */
  Answer send(String method, String path, String body, String... headers) {
    try {
      return new Answer(client.send(request(method, path, body, headers), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new BrokenConnection(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpClient http() {
    return client;
  }

  HttpRequest request(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(TIMEOUT)
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  record Answer(HttpResponse<String> response) {

    int status() {
      return response.statusCode();
    }

    String text() {
      return response.body();
    }

    JsonNode json() {
      return Json.read(text().getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    /** A value by JSON pointer, as text. */
    String at(String pointer) {
      return json().at(pointer).asText();
    }
  }

  static final class BrokenConnection extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenConnection(IOException cause) {
      super(cause);
    }
  }
}
