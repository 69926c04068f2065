package io.backstop.executor.http;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One call on its way. Everything but {@link #reply()} happens on the event loop of the context
 * that {@link #start()} runs on, so there is no lock. Whoever completes the future first decides:
 * answer, failure, timeout or the caller's cancellation; the rest only tidies up.
 */
final class VertxExchange {
  /** Largest answer read, in bytes; results keep far less. */
  static final int LARGEST_ANSWER = 4 * 1024 * 1024;

  private final Vertx vertx;
  private final HttpClient client;
  private final HttpCall call;
  private final CompletableFuture<HttpReply> reply = new CompletableFuture<>();
  private final Buffer body = Buffer.buffer();
  private HttpClientRequest request;

  VertxExchange(Vertx vertx, HttpClient client, HttpCall call) {
    this.vertx = vertx;
    this.client = client;
    this.call = call;
  }

  CompletableFuture<HttpReply> reply() {
    return reply;
  }

  void start() {
    var context = vertx.getOrCreateContext();
    long timer =
        vertx.setTimer(Math.max(1, call.timeout().toMillis()), ignored -> giveUp(timedOut()));
    reply.whenComplete(
        (answer, failure) -> {
          if (reply.isCancelled()) {
            context.runOnContext(ignored -> abandon());
          }
          vertx.cancelTimer(timer);
        });
    try {
      client.request(options()).onSuccess(this::send).onFailure(this::giveUp);
    } catch (RuntimeException e) {
      reply.completeExceptionally(e);
    }
  }

  private RequestOptions options() {
    URI uri = call.uri();
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(call.method()))
            .setSsl(tls)
            .setHost(uri.getHost())
            .setPort(port)
            .setURI(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    call.headers().forEach(header -> options.addHeader(header.getKey(), header.getValue()));
    return options;
  }

  private void send(HttpClientRequest connected) {
    request = connected;
    if (reply.isDone()) {
      abandon();
      return;
    }
    var sent = call.body().length == 0 ? request.send() : request.send(Buffer.buffer(call.body()));
    sent.onSuccess(this::receive).onFailure(this::giveUp);
  }

  private void receive(HttpClientResponse response) {
    response.exceptionHandler(this::giveUp);
    response.handler(this::append);
    response.endHandler(
        ignored ->
            reply.complete(
                new HttpReply(
                    response.statusCode(), headers(response.headers()), body.getBytes())));
  }

  private void append(Buffer chunk) {
    if (body.length() + chunk.length() <= LARGEST_ANSWER) {
      body.appendBuffer(chunk);
    } else {
      giveUp(new IOException("the answer is larger than " + LARGEST_ANSWER + " bytes"));
    }
  }

  private void giveUp(Throwable failure) {
    if (reply.completeExceptionally(asIoException(failure))) {
      abandon();
    }
  }

  /** Closes the connection, which is in the middle of an answer that nobody waits for. */
  private void abandon() {
    if (request != null) {
      request.reset();
    }
  }

  private HttpTimeoutException timedOut() {
    return new HttpTimeoutException("no answer within " + call.timeout().toMillis() + " ms");
  }

  private IOException asIoException(Throwable failure) {
    if (failure instanceof IOException io) {
      return io;
    }
    String said =
        failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    return new IOException(said + " (" + call.uri().getAuthority() + ")", failure);
  }

  private static Map<String, String> headers(MultiMap all) {
    var first = new HashMap<String, String>();
    all.forEach((name, value) -> first.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    return first;
  }
}
