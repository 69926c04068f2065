package io.backstop.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.executor.Json;
import io.backstop.runtime.Address;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the other instances. Thread-safe; never waits. */
final class Peers implements AutoCloseable {
  /** The body of an answer is JSON, of success as of failure. */
  record Reply(int status, ObjectNode body) {}

  private final Optional<String> token;
  private final Duration limit;
  private final ExecutorService threads = Executors.newFixedThreadPool(2, Peers::daemon);
  private final HttpClient http;

  /**
   * @param limit how long an answer may take, with its body
   */
  Peers(Optional<String> token, Duration limit) {
    this.token = token;
    this.limit = limit;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limit)
            .executor(threads)
            .build();
  }

  /**
   * @param pathAndQuery from the slash on, encoded
   * @return completes within the limit, exceptionally where no answer came
   */
  CompletableFuture<Reply> ask(Address address, String pathAndQuery) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address.url() + pathAndQuery)).timeout(limit);
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    // the request's own limit ends with the headers
    return exchange
        .thenApply(Peers::reply)
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((reply, failure) -> exchange.cancel(true));
  }

  private static Reply reply(HttpResponse<byte[]> response) {
    ObjectNode body =
        Json.read(response.body())
            .filter(ObjectNode.class::isInstance)
            .map(ObjectNode.class::cast)
            .orElseGet(Json::object);
    return new Reply(response.statusCode(), body);
  }

  /** Why there was no answer, for people. */
  String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
      return "it cannot be reached";
    } else if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
      return "it did not answer within " + limit.toMillis() + " ms";
    } else if (cause instanceof IllegalArgumentException) {
      return "its answer is of another version (" + cause.getMessage() + ")";
    }
    return "it did not answer (" + cause + ")";
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "query-peers");
    thread.setDaemon(true);
    return thread;
  }
}
