package io.backstop.executor.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.Outcome;
import io.backstop.executor.CallContext;
import io.backstop.executor.http.HttpCall;
import io.backstop.executor.http.HttpReply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The HTTP calls of one request to a Google API, one after the other. */
final class GoogleApi {
  private final CallContext context;
  private final String base;
  private volatile CompletableFuture<HttpReply> latest = new CompletableFuture<>();
  private volatile boolean givenUp;

  /**
   * @param publicBase where the API is, unless the service's settings say otherwise
   */
  GoogleApi(CallContext context, String publicBase) {
    this.context = context;
    this.base = context.service().baseUrl().orElse(publicBase).replaceFirst("/+$", "");
  }

  CompletionStage<HttpReply> get(String path) {
    return send("GET", path, null, new byte[0]);
  }

  CompletionStage<HttpReply> sendJson(String method, String path, JsonNode body) {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    return send(method, path, "application/json; charset=UTF-8", bytes);
  }

  CompletionStage<HttpReply> post(String path, MultipartRelated body) {
    return send("POST", path, body.contentType(), body.body());
  }

  /** The outcome of these calls; cancelling it gives up the call that is under way. */
  CompletionStage<Outcome> outcome(CompletionStage<Outcome> outcome) {
    CompletableFuture<Outcome> result = outcome.toCompletableFuture();
    result.whenComplete(
        (done, failure) -> {
          if (result.isCancelled()) {
            givenUp = true;
            latest.cancel(true);
          }
        });
    return result;
  }

  private CompletionStage<HttpReply> send(
      String method, String path, String contentType, byte[] body) {
    return context
        .credentials()
        .authorization()
        .thenCompose(
            authorization -> {
              latest =
                  context
                      .http()
                      .send(
                          new HttpCall(
                              method,
                              URI.create(base + path),
                              headers(authorization, contentType),
                              body,
                              context.timeout()));
              if (givenUp) {
                latest.cancel(true);
              }
              return latest;
            });
  }

  private List<Map.Entry<String, String>> headers(String authorization, String contentType) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry("Authorization", authorization));
    headers.add(Map.entry("Accept", "application/json"));
    if (contentType != null) {
      headers.add(Map.entry("Content-Type", contentType));
    }
    headers.add(Map.entry("Idempotency-Key", context.idempotencyKey()));
    context.traceparent().ifPresent(trace -> headers.add(Map.entry("traceparent", trace)));
    return headers;
  }
}
