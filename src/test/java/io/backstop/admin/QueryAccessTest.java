package io.backstop.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.config.StartupException;
import io.backstop.testing.TestConfig;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask, and what is refused, over real HTTP. */
class QueryAccessTest {
  private static final String TOKEN = "backstop.query.token";
  private static final String HOST = "backstop.query.host";

  private static QueryServer bind(String... settings) {
    return QueryServer.bind(TestConfig.with(settings).query(), Clock.systemUTC());
  }

  /** What comes back for these very bytes; the JDK's client would mend them. */
  private static String raw(Instance instance, String request) {
    try (var socket = new Socket("127.0.0.1", instance.server.address().port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static JsonNode mustBeProblem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains(QueryProblem.MEDIA_TYPE);
    JsonNode problem = Instance.json(response);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asText()).isNotBlank();
    assertThat(problem.path("detail").asText()).isNotBlank();
    return problem;
  }

  @Test
  void shouldAnswerOnLoopbackWithoutToken() {
    try (var instance = new Instance()) {
      assertThat(instance.get("/v1/statistics").statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void shouldRefuseToListenForOthersWithoutToken(String host) {
    assertThatThrownBy(() -> bind(HOST, host, "backstop.query.advertised-host", "here"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("backstop.query.token must be set");
  }

  @Test
  void shouldRefuseABlankToken() {
    assertThatThrownBy(
            () -> bind(HOST, "0.0.0.0", TOKEN, "   ", "backstop.query.advertised-host", "here"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("backstop.query.token must be set");
  }

  @Test
  void shouldAskForANameWhenItListensEverywhere() {
    assertThatThrownBy(() -> bind(HOST, "0.0.0.0", TOKEN, "t0p"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("backstop.query.advertised-host");
  }

  @Test
  void shouldSayThatAHostIsNotKnown() {
    assertThatThrownBy(() -> bind(HOST, "no-such-host.invalid"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("backstop.query.host = no-such-host.invalid is not known");
  }

  @Test
  void shouldSayThatThePortIsTaken() throws IOException {
    try (var taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertThatThrownBy(() -> bind("backstop.query.port", port))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("127.0.0.1 port " + port)
          .hasMessageContaining("set backstop.query.port");
    }
  }

  @Test
  void shouldAdvertiseTheNameThatIsConfigured() {
    try (var server = bind("backstop.query.advertised-host", "node-7.example")) {
      assertThat(server.address().url()).startsWith("http://node-7.example:");
      assertThat(server.address().port()).isPositive();
    }
  }

  @Test
  void shouldAskForTheTokenOnEveryPath() {
    try (var instance = new Instance(TOKEN, "s3cret")) {
      for (String path : new String[] {"/v1/statistics", "/openapi.json", "/nothing"}) {
        var response = instance.get(path);

        mustBeProblem(response, 401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer s3cre", "Bearer s3crets", "Basic s3cret", "Bearer", "s3cret"})
  void shouldRefuseAnotherToken(String authorization) {
    try (var instance = new Instance(TOKEN, "s3cret")) {
      var response = instance.get("/v1/statistics", "Authorization", authorization);

      mustBeProblem(response, 401);
    }
  }

  @Test
  void shouldTakeTheRightToken() {
    try (var instance = new Instance(TOKEN, "s3cret")) {
      var response = instance.get("/v1/statistics", "Authorization", "bearer s3cret");

      assertThat(response.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldRefuseOtherNamesOfLoopback() {
    try (var instance = new Instance()) {
      String answer =
          raw(
              instance,
              "GET /v1/statistics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

      assertThat(answer).startsWith("HTTP/1.1 421").contains(QueryProblem.MEDIA_TYPE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:1", "LOCALHOST", "127.0.0.1:9", "[::1]:80"})
  void shouldTakeEveryNameOfThisMachine(String host) {
    try (var instance = new Instance()) {
      String answer =
          raw(
              instance,
              "GET /v1/statistics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

      assertThat(answer).startsWith("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PURGE"})
  void shouldAnswerNothingButGet(String method) {
    try (var instance = new Instance()) {
      var request = HttpRequest.newBuilder(instance.uri("/v1/dead-letters"));

      var response =
          Instance.send(request.method(method, HttpRequest.BodyPublishers.noBody()).build());

      mustBeProblem(response, 405);
      assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    }
  }

  @Test
  void shouldSayThatAPathIsNotThere() {
    try (var instance = new Instance()) {
      var problem = mustBeProblem(instance.get("/v1/dead-leters"), 404);

      assertThat(problem.path("detail").asText()).contains("/openapi.json");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "nonsense\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /a/..;/b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
      })
  void shouldRefuseWhatIsNoRequestInJson(String request) {
    try (var instance = new Instance()) {
      String answer = raw(instance, request);

      assertThat(answer)
          .startsWith("HTTP/1.1 4")
          .contains(QueryProblem.MEDIA_TYPE)
          .doesNotContain("Jetty", "<html", "\tat ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text=%zz", "text=%", "limit=%F"})
  void shouldRefuseAQueryThatIsNotPercentEncoded(String query) {
    try (var instance = new Instance()) {
      String answer =
          raw(
              instance,
              "GET /v1/dead-letters?"
                  + query
                  + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

      assertThat(answer).startsWith("HTTP/1.1 400").contains("percent-encoded");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/dead-letters", "/v1/dead-letters/none", "/v1/nothing", "/openapi.json"})
  void shouldAnswerHeadAsItAnswersGet(String path) {
    try (var instance = new Instance()) {
      var get = instance.get(path);
      var head =
          Instance.send(
              HttpRequest.newBuilder(instance.uri(path))
                  .method("HEAD", HttpRequest.BodyPublishers.noBody())
                  .build());

      assertThat(head.statusCode()).isEqualTo(get.statusCode());
      assertThat(head.headers().firstValue("Content-Type"))
          .isEqualTo(get.headers().firstValue("Content-Type"));
      assertThat(head.body()).isEmpty();
    }
  }

  @Test
  void shouldRefuseALongRequest() {
    try (var instance = new Instance()) {
      var response = instance.get("/v1/dead-letters?text=" + "x".repeat(20_000));

      assertThat(response.statusCode()).isIn(414, 431);
    }
  }

  @Test
  void shouldNotSayWhatItIsMadeOf() {
    try (var instance = new Instance()) {
      var headers = instance.get("/v1/statistics").headers();

      assertThat(headers.map()).doesNotContainKeys("server", "x-powered-by");
      assertThat(headers.firstValue("Cache-Control")).contains("no-store");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @Test
  void shouldSayThatItStarts() {
    try (var server = bind()) {
      var request =
          HttpRequest.newBuilder(java.net.URI.create(server.address().url() + "/v1/failures"));

      var response = Instance.send(request.build());

      assertThat(mustBeProblem(response, 503).path("detail").asText()).contains("starts");
      assertThat(response.headers().firstValue("Retry-After")).contains("1");
    }
  }
}
