package io.backstop.executor;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.Outcome;
import io.backstop.executor.auth.MissingCredentialsException;
import io.backstop.executor.http.HttpCall;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * One HTTP call of an executor, from credentials to outcome, with what every call carries: the
 * {@code Authorization}, {@code Idempotency-Key} and {@code traceparent} headers, and where it is
 * replayed its generation. Not thread-safe: one per call.
 */
public final class ServiceCall {
  private static final Pattern HEADER_SAFE = Pattern.compile("[\\x21-\\x7e]+");
  private static final byte[] NO_BODY = {};

  /** Tells a service the replays of a request apart, which have one idempotency key. */
  private static final String GENERATION = "Backstop-Generation";

  private final CallContext context;
  private final String method;
  private final URI uri;
  private final List<Map.Entry<String, String>> headers = new ArrayList<>(8);
  private byte[] body = NO_BODY;
  private boolean authorizationOptional;

  private ServiceCall(CallContext context, String method, URI uri) {
    this.context = context;
    this.method = method;
    this.uri = uri;
  }

  /**
   * @param publicBaseUrl used where the service's configuration has no {@code base-url}
   * @param path appended to the base URL, starts with {@code /}; may carry a query
   * @throws IllegalArgumentException when the two do not make a URL
   */
  public static ServiceCall to(
      CallContext context, String publicBaseUrl, String method, String path) {
    String base = context.service().baseUrl().orElse(publicBaseUrl);
    String trimmed = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return new ServiceCall(context, method, URI.create(trimmed + path));
  }

  /**
   * @param url the whole of it, sent as it is
   */
  public static ServiceCall toUrl(CallContext context, String method, URI url) {
    return new ServiceCall(context, method, url);
  }

  /** Encodes a value for a path segment or a query. */
  public static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  public ServiceCall header(String name, String value) {
    headers.add(Map.entry(name, value));
    return this;
  }

  /** Where no credentials are configured, the call is made without an {@code Authorization}. */
  public ServiceCall authorizationOptional() {
    authorizationOptional = true;
    return this;
  }

  public ServiceCall json(JsonNode document) {
    return body("application/json; charset=utf-8", Json.bytes(document));
  }

  /**
   * @param bytes not copied, so they must not change
   */
  public ServiceCall body(String contentType, byte[] bytes) {
    body = bytes;
    return header("Content-Type", contentType);
  }

  /**
   * Sends the call. The future never completes exceptionally; cancelling it gives the call up.
   * Completes on a thread of the HTTP client.
   */
  public CompletableFuture<Outcome> send(ReplyClassifier classifier) {
    var outcome = new CompletableFuture<Outcome>();
    context
        .credentials()
        .authorization()
        .whenComplete(
            (authorization, failure) -> {
              if (failure == null) {
                header("Authorization", authorization);
                send(classifier, outcome);
              } else if (authorizationOptional && areMissing(failure)) {
                send(classifier, outcome);
              } else {
                outcome.complete(FailedCall.outcome(failure, context.timeout()));
              }
            });
    return outcome;
  }

  private static boolean areMissing(Throwable failure) {
    return failure instanceof MissingCredentialsException
        || failure.getCause() instanceof MissingCredentialsException;
  }

  private void send(ReplyClassifier classifier, CompletableFuture<Outcome> outcome) {
    if (outcome.isDone()) {
      return;
    }
    var call = context.http().send(httpCall());
    call.thenApply(reply -> classifier.classify(reply, Instant.now()))
        .exceptionally(failure -> FailedCall.outcome(failure, context.timeout()))
        .thenAccept(outcome::complete);
    outcome.whenComplete(
        (done, failure) -> {
          if (outcome.isCancelled()) {
            call.cancel(true);
          }
        });
  }

  private HttpCall httpCall() {
    header("Idempotency-Key", headerSafe(context.idempotencyKey()));
    if (context.generation() > 0) {
      header(GENERATION, Integer.toString(context.generation()));
    }
    context
        .traceparent()
        .filter(value -> HEADER_SAFE.matcher(value).matches())
        .ifPresent(value -> header("traceparent", value));
    return new HttpCall(method, uri, List.copyOf(headers), body, context.timeout());
  }

  /** A key is any text that an upstream chose; a line break in it must not become a header. */
  private static String headerSafe(String key) {
    return HEADER_SAFE.matcher(key).matches() ? key : encode(key);
  }
}
