package io.backstop.devcluster.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.backstop.devcluster.registry.Route.RawJson;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between HTTP and the table of routes. Runs on many threads; routes are asked one at a time. */
final class RegistryHttp implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

  private final List<Route> routes;

  RegistryHttp(List<Route> routes) {
    this.routes = routes;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        write(exchange, 200, answer(exchange));
      } catch (RegistryError e) {
        write(exchange, e.status(), new Answers.Failure(e.code(), e.getMessage()));
      } catch (RuntimeException e) {
        LOG.error("registry request failed path={}", exchange.getRequestURI().getPath(), e);
        write(exchange, 500, new Answers.Failure(50001, "Error in the registry: " + e));
      }
    }
  }

  private Object answer(HttpExchange exchange) throws IOException {
    var method = exchange.getRequestMethod();
    var path = exchange.getRequestURI().getRawPath();
    var segments = Route.split(path).stream().map(RegistryHttp::decode).toList();
    var query = query(exchange.getRequestURI().getRawQuery());
    var body = body(exchange);
    boolean known = false;
    for (var route : routes) {
      var values = route.match(segments);
      if (values.isPresent() && route.method().equals(method)) {
        synchronized (this) {
          return route.answer().apply(new RegistryRequest(values.get(), query, body));
        }
      }
      known |= values.isPresent();
    }
    throw known
        ? RegistryError.methodNotAllowed(method, path)
        : RegistryError.noSuchPath(method, path);
  }

  private static JsonNode body(HttpExchange exchange) throws IOException {
    var bytes = exchange.getRequestBody().readAllBytes();
    try {
      return bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw RegistryError.badRequest("the body is not JSON: " + e.getOriginalMessage());
    }
  }

  private static Map<String, String> query(String raw) {
    var query = new HashMap<String, String>();
    if (raw != null) {
      for (var pair : raw.split("&")) {
        int equals = pair.indexOf('=');
        query.putIfAbsent(
            decode(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String decode(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }

  private static void write(HttpExchange exchange, int status, Object answer) throws IOException {
    var body =
        answer instanceof RawJson raw
            ? raw.text().getBytes(StandardCharsets.UTF_8)
            : JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
