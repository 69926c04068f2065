package io.backstop.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One request to an emulated service, its body read. Stays on the event loop. */
final class Call {
  private final HttpServerRequest request;
  private final String[] path;
  private final byte[] body;
  private final Draws draws;
  private Optional<JsonNode> json;
  private Map<String, List<String>> form;

  Call(HttpServerRequest request, EmulatedService service, byte[] body, Draws draws) {
    this.request = request;
    this.path = request.path().substring(service.prefix().length()).split("/", -1);
    this.body = body;
    this.draws = draws;
  }

  String method() {
    return request.method().name();
  }

  /** The path below the service's prefix, cut at the slashes and not decoded; [0] is empty. */
  String[] path() {
    return path;
  }

  /** The path as it stands in error messages of the real services. */
  String pathText() {
    return String.join("/", path);
  }

  /** One segment of the path, decoded. */
  String segment(int index) {
    String segment = path[index];
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment;
    }
  }

  /** Null when the header is absent. */
  String header(String name) {
    return request.getHeader(name);
  }

  /** Null when the query has no such parameter. */
  String parameter(String name) {
    return request.query() == null ? null : request.getParam(name);
  }

  String contentType() {
    String value = header("Content-Type");
    return value == null ? "" : value.toLowerCase(Locale.ROOT);
  }

  byte[] body() {
    return body;
  }

  /** Empty when the body is not JSON. */
  Optional<JsonNode> json() {
    if (json == null) {
      json = Json.read(body);
    }
    return json;
  }

  /** Null when the form-encoded body has no such field. */
  String formField(String name) {
    if (form == null) {
      String text = new String(body, StandardCharsets.UTF_8);
      form = new QueryStringDecoder(text, StandardCharsets.UTF_8, false).parameters();
    }
    List<String> values = form.get(name);
    return values == null ? null : values.get(0);
  }

  Draws draws() {
    return draws;
  }

  /** A hash of everything that was asked for, for a request without an idempotency key. */
  long hash() {
    return KeyHash.of(method() + ' ' + request.uri(), body);
  }
}
