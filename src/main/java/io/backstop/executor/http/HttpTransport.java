package io.backstop.executor.http;

import java.util.concurrent.CompletableFuture;

/** The asynchronous HTTP client that all executors share. Thread-safe. */
public interface HttpTransport extends AutoCloseable {

  /**
   * Sends the call without blocking. Completes with the answer whatever its status; completes
   * exceptionally with a {@link java.net.http.HttpTimeoutException} when {@link HttpCall#timeout()}
   * passed and with another {@link java.io.IOException} when there was no connection, it broke, or
   * the answer was larger than the limit. Cancelling the future gives the call up.
   */
  CompletableFuture<HttpReply> send(HttpCall call);

  @Override
  void close();
}
