package io.backstop.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.config.StartupException;
import io.backstop.executor.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks the instances' HTTP endpoints: any answers for the whole fleet, so the first one that
 * answers is asked again, and the next one when it no longer does. Thread-safe.
 */
public final class QueryClient {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** More than an instance waits for the others. */
  private static final Duration ANSWER = Duration.ofSeconds(20);

  /**
   * An answer.
   *
   * @param status 200, 400, 404, or 503 where a part of the fleet is away
   */
  public record Reply(int status, JsonNode body) {
    public boolean isOk() {
      return status == 200;
    }

    /** Why there is no other answer, for people. */
    public String detail() {
      return body.path("detail").asText("HTTP status " + status);
    }
  }

  private final List<String> urls;
  private final Optional<String> token;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private volatile String answering;

  /**
   * @param urls of the instances, tried in this order; at least one
   */
  public QueryClient(List<String> urls, Optional<String> token) {
    this.urls = urls.stream().map(url -> url.replaceFirst("/+$", "")).toList();
    this.token = token.map(String::strip).filter(text -> !text.isEmpty());
    this.answering = this.urls.get(0);
  }

  /**
   * Asks an instance.
   *
   * @param path encoded
   * @throws StartupException when none answers, or the token is wrong
   */
  public Reply get(String path, Map<String, String> parameters) {
    List<String> failed = new ArrayList<>();
    return get(path, parameters, failed)
        .orElseThrow(
            () ->
                new StartupException(
                    "no instance answers queries; tried %s: start one with 'backstop run', or name one that answers with --url"
                        .formatted(String.join(", ", failed))));
  }

  /**
   * Whether any instance answers.
   *
   * @throws StartupException when the token is wrong
   */
  public boolean answers() {
    return get("/v1/instances", Map.of("local", "true"), new ArrayList<>()).isPresent();
  }

  /**
   * @param failed takes those that did not answer, and why
   * @return empty when none did
   */
  private Optional<Reply> get(String path, Map<String, String> parameters, List<String> failed) {
    List<String> order = new ArrayList<>(urls);
    String last = answering;
    order.remove(last);
    order.add(0, last);
    for (String url : order) {
      try {
        Reply reply = ask(url, path + query(parameters));
        if (isAnswer(reply)) {
          answering = url;
          return Optional.of(reply);
        }
        failed.add(url + " (" + refusal(url, reply) + ")");
      } catch (IOException e) {
        failed.add(url + " (" + reason(e) + ")");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StartupException("interrupted while waiting for " + url, e);
      }
    }
    return Optional.empty();
  }

  private Reply ask(String url, String pathAndQuery) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(url, pathAndQuery)).timeout(ANSWER);
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    HttpResponse<byte[]> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    JsonNode body = Json.read(response.body()).orElseGet(Json::object);
    return new Reply(response.statusCode(), body);
  }

  private static URI uri(String url, String pathAndQuery) {
    try {
      URI uri = URI.create(url + pathAndQuery);
      if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // the same message as for another scheme
    }
    throw new StartupException("'" + url + "' is no URL such as http://127.0.0.1:8780");
  }

  private static boolean isAnswer(Reply reply) {
    boolean isAboutTheQuestion = reply.status() == 400 || reply.status() == 404;
    return reply.isOk() && !reply.body().isEmpty()
        || isAboutTheQuestion && reply.body().has("detail")
        || reply.body().has("missing");
  }

  private static String refusal(String url, Reply reply) {
    if (reply.status() == 401) {
      throw new StartupException(
          url
              + " refuses the token: set backstop.query.token to that of the instances, best by the environment variable BACKSTOP_QUERY_TOKEN");
    }
    return reply.isOk() ? "its answer is not of an instance" : reply.detail();
  }

  private static String reason(IOException e) {
    if (e instanceof HttpTimeoutException) {
      return "no answer in time";
    }
    return e.getMessage() == null ? "connection refused" : e.getMessage();
  }

  private static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
        .collect(Collectors.joining("&", parameters.isEmpty() ? "" : "?", ""));
  }

  /** A text as it stands in a path or a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
