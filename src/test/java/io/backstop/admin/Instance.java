package io.backstop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backstop.runtime.Placement;
import io.backstop.testing.TestConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/** One instance that answers over HTTP from stores of the test. */
final class Instance implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final QueryServer server;
  final FakeStores stores;

  /**
   * @param settings full configuration keys and values
   */
  Instance(String... settings) {
    server = QueryServer.bind(TestConfig.with(settings).query(), Clock.systemUTC());
    stores = new FakeStores(server.address(), new Placement(0, Set.of(), Map.of()));
    server.serve(stores);
  }

  URI uri(String pathAndQuery) {
    return URI.create(server.address().url() + pathAndQuery);
  }

  HttpResponse<String> get(String pathAndQuery, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(pathAndQuery));
    return send(headers.length == 0 ? request.build() : request.headers(headers).build());
  }

  static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  JsonNode json(String pathAndQuery) {
    HttpResponse<String> response = get(pathAndQuery);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return json(response);
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return new ObjectMapper().readTree(response.body());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
