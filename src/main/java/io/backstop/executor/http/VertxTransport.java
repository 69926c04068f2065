package io.backstop.executor.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * HTTP/1.1 over Vert.x, which cost the least CPU per call of the clients measured ({@code
 * docs/http-clients.md}). Connections are kept alive and shared by all callers; redirects are not
 * followed, nothing is repeated, certificates and host names are checked.
 *
 * <p>A caller's thread only hands the call over: connecting, name look-up, sending and receiving
 * happen on an event loop, and futures complete there, so what depends on them must not block.
 */
public final class VertxTransport implements HttpTransport {
  private static final int CONNECTIONS_PER_HOST = 1024;
  private static final int WAITING_FOR_CONNECTION = 100_000;
  private static final int LARGEST_HEADERS = 32 * 1024;
  private static final long CLOSE_SECONDS = 10;

  /** Below what servers and balancers allow, so that we hang up first: a lost race fails a call. */
  private static final int IDLE_SECONDS = 25;

  private final Vertx vertx;
  private final HttpClient client;

  public VertxTransport() {
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(eventLoops())
                .setUseDaemonThread(true)
                .setDisableTCCL(true)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    client =
        vertx
            .httpClientBuilder()
            .with(
                new HttpClientOptions()
                    .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(10))
                    .setKeepAliveTimeout(IDLE_SECONDS)
                    .setMaxHeaderSize(LARGEST_HEADERS)
                    .setTcpNoDelay(true))
            .with(
                new PoolOptions()
                    .setHttp1MaxSize(CONNECTIONS_PER_HOST)
                    .setMaxWaitQueueSize(WAITING_FOR_CONNECTION))
            .withConnectHandler(VertxTransport::leaveFailuresToTheCall)
            .build();
  }

  @Override
  public CompletableFuture<HttpReply> send(HttpCall call) {
    var exchange = new VertxExchange(vertx, client, call);
    try {
      vertx.runOnContext(ignored -> exchange.start());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(new IOException("the HTTP client is closed", e));
    }
    return exchange.reply();
  }

  @Override
  public void close() {
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  /** A broken connection fails its call; without a handler each would print a stack trace too. */
  private static void leaveFailuresToTheCall(HttpConnection connection) {
    connection.exceptionHandler(broken -> {});
  }

  /** One loop carries over 10,000 calls/s; a second one on two cores only adds hand-overs. */
  private static int eventLoops() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 4);
  }
}
