package io.backstop.executor.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class VertxTransportTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Set<Object> CONNECTIONS = ConcurrentHashMap.newKeySet();
  private static final AtomicInteger HUNG_CLOSED = new AtomicInteger();

  private static Vertx vertx;
  private static VertxTransport transport;
  private static int port;

  @BeforeAll
  static void startServer() throws Exception {
    vertx = Vertx.vertx();
    port =
        vertx
            .createHttpServer()
            .requestHandler(VertxTransportTest::answer)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS)
            .actualPort();
    transport = new VertxTransport();
  }

  @AfterAll
  static void stopServer() throws Exception {
    transport.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static void answer(HttpServerRequest request) {
    CONNECTIONS.add(request.connection());
    switch (request.path()) {
      case "/echo" -> request.body().onSuccess(body -> request.response().end(echo(request, body)));
      case "/slow" ->
          request
              .body()
              .onSuccess(
                  body -> vertx.setTimer(50, t -> request.response().end(echo(request, body))));
      case "/hang" -> request.connection().closeHandler(closed -> HUNG_CLOSED.incrementAndGet());
      case "/drip" -> {
        request.response().setChunked(true);
        vertx.setPeriodic(20, t -> request.response().write("."));
      }
      case "/reset" -> request.connection().close();
      case "/large" -> request.response().end(Buffer.buffer(new byte[5 * 1024 * 1024]));
      case "/limit" -> request.response().end(Buffer.buffer(new byte[4 * 1024 * 1024]));
      default -> request.response().setStatusCode(503).putHeader("Retry-After", "7").end("not now");
    }
  }

  private static Buffer echo(HttpServerRequest request, Buffer body) {
    return Buffer.buffer(
        request.method() + " " + request.uri() + " " + request.getHeader("X-Mark") + " " + body);
  }

  @Test
  void shouldSendMethodPathHeadersAndBody() throws Exception {
    var reply = get(send("PUT", "/echo?a=%20b", "hello", PATIENCE));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(text(reply)).isEqualTo("PUT /echo?a=%20b mark hello");
  }

  @Test
  void shouldCompleteWithAnyStatusAndLowerCaseHeaders() throws Exception {
    var reply = get(send("GET", "/unknown", "", PATIENCE));

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("retry-after")).contains("7");
    assertThat(text(reply)).isEqualTo("not now");
  }

  @Test
  void shouldReuseTheConnection() throws Exception {
    get(send("POST", "/echo", "warm", PATIENCE));
    CONNECTIONS.clear();

    for (int i = 0; i < 20; i++) {
      get(send("POST", "/echo", "again", PATIENCE));
    }

    assertThat(CONNECTIONS).hasSize(1);
  }

  @Test
  void shouldTimeOutWhenNothingIsAnswered() {
    var reply = send("POST", "/hang", "x", Duration.ofMillis(100));

    assertThatThrownBy(() -> get(reply))
        .hasCauseInstanceOf(HttpTimeoutException.class)
        .hasMessageContaining("100 ms");
  }

  @Test
  void shouldTimeOutWhenTheAnswerNeverEnds() {
    var reply = send("GET", "/drip", "", Duration.ofMillis(200));

    assertThatThrownBy(() -> get(reply)).hasCauseInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void shouldFailWhenNobodyListens() throws Exception {
    int unused;
    try (var socket = new ServerSocket(0)) {
      unused = socket.getLocalPort();
    }

    var reply = transport.send(call("GET", "http://127.0.0.1:" + unused + "/", "", PATIENCE));

    assertThatThrownBy(() -> get(reply))
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1");
  }

  @Test
  void shouldFailWhenTheConnectionBreaks() {
    var reply = send("POST", "/reset", "x", PATIENCE);

    assertThatThrownBy(() -> get(reply))
        .hasCauseInstanceOf(IOException.class)
        .extracting(Throwable::getCause)
        .isNotInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void shouldRefuseAnAnswerLargerThanTheLimit() throws Exception {
    var within = get(send("GET", "/limit", "", PATIENCE));
    var beyond = send("GET", "/large", "", PATIENCE);

    assertThat(within.body()).hasSize(4 * 1024 * 1024);
    assertThatThrownBy(() -> get(beyond))
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining("larger than 4194304 bytes");
  }

  @Test
  void shouldHangUpWhenTheCallIsCancelled() {
    CONNECTIONS.clear();
    int before = HUNG_CLOSED.get();
    var reply = send("POST", "/hang", "x", PATIENCE);
    await().until(() -> !CONNECTIONS.isEmpty());

    reply.cancel(true);

    await().until(() -> HUNG_CLOSED.get() > before);
    assertThat(reply).isCancelled();
  }

  @Test
  void shouldRefuseACertificateThatNobodyTrusts() {
    var server =
        new WireMockServer(WireMockConfiguration.options().dynamicPort().dynamicHttpsPort());
    server.start();
    try {
      server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok()));

      var reply =
          transport.send(
              call("GET", "https://localhost:" + server.httpsPort() + "/", "", PATIENCE));

      assertThatThrownBy(() -> get(reply)).hasCauseInstanceOf(IOException.class);
      server.verify(0, WireMock.anyRequestedFor(WireMock.anyUrl()));
    } finally {
      server.stop();
    }
  }

  @Test
  void shouldCarryAThousandCallsAtOnce() {
    var replies =
        IntStream.range(0, 1000).mapToObj(i -> send("POST", "/slow", "n" + i, PATIENCE)).toList();

    CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
        .orTimeout(20, TimeUnit.SECONDS)
        .join();

    assertThat(replies.stream().map(reply -> text(reply.join())))
        .containsExactlyElementsOf(
            IntStream.range(0, 1000).mapToObj(i -> "POST /slow mark n" + i).toList());
  }

  @Test
  void shouldFailCallsAfterClose() {
    var closed = new VertxTransport();

    closed.close();

    assertThatThrownBy(() -> get(closed.send(call("GET", "http://127.0.0.1:9/", "", PATIENCE))))
        .hasCauseInstanceOf(IOException.class);
  }

  private static CompletableFuture<HttpReply> send(
      String method, String path, String body, Duration timeout) {
    return transport.send(call(method, "http://127.0.0.1:" + port + path, body, timeout));
  }

  private static HttpCall call(String method, String uri, String body, Duration timeout) {
    return new HttpCall(
        method,
        URI.create(uri),
        List.of(Map.entry("X-Mark", "mark")),
        body.getBytes(UTF_8),
        timeout);
  }

  private static HttpReply get(CompletableFuture<HttpReply> reply)
      throws ExecutionException, InterruptedException, java.util.concurrent.TimeoutException {
    return reply.get(20, TimeUnit.SECONDS);
  }

  private static String text(HttpReply reply) {
    return new String(reply.body(), UTF_8);
  }
}
