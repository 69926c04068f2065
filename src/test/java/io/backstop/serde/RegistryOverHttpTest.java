package io.backstop.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.config.StartupException;
import io.backstop.serde.Decoded.SchemaUnknownYet;
import io.backstop.serde.Decoded.Undecodable;
import io.backstop.serde.SchemaLookup.Found;
import io.backstop.serde.SchemaLookup.NotThere;
import io.backstop.serde.SchemaLookup.Unreachable;
import io.backstop.testing.TestConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryOverHttpTest {
  private static final byte[] VALUE = {0, 0, 0, 0, 5, 2};

  private HttpServer server;
  private int status;
  private String body;
  private volatile String authorization;
  private Registry registry;
  private WireDecoder<ActionRequest> decoder;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          authorization = exchange.getRequestHeaders().getFirst("Authorization");
          var bytes = body.getBytes(UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    registry =
        new Registry(
            TestConfig.with(
                    "backstop.registry.url", "http://localhost:" + server.getAddress().getPort(),
                    "backstop.registry.bearer-token", "sesame",
                    "backstop.registry.properties.max.retries", "0")
                .registry());
    decoder = new WireDecoder<>(ActionRequest.class, registry, InstantSource.system());
  }

  @AfterEach
  void stop() throws IOException {
    decoder.close();
    registry.close();
    server.stop(0);
  }

  private void answer(int status, String body) {
    this.status = status;
    this.body = body;
  }

  private SchemaLookup fetch() {
    return decoder.fetch(5).orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void shouldSendTheBearerToken() {
    answer(200, "{\"schema\":\"\\\"string\\\"\"}");

    fetch();

    assertThat(authorization).isEqualTo("Bearer sesame");
  }

  @Test
  void shouldHoldAnIdForMissingWhenTheRegistrySaysSo() {
    answer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");

    assertThat(fetch()).isInstanceOf(NotThere.class);
    assertThat(decoder.decode(VALUE)).isInstanceOf(Undecodable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}",
        "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message A {}\"}",
        "{\"schema\":\"not a schema\"}"
      })
  void shouldRefuseASchemaThatIsNotAvro(String answer) {
    answer(200, answer);

    assertThat(fetch()).isEqualTo(new Found());
    assertThat(decoder.decode(VALUE))
        .isEqualTo(new Undecodable<>("schema id 5: it is not an Avro schema that can be read"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | {\"error_code\":50001,\"message\":\"store is down\"}",
        "401 | {\"error_code\":40101,\"message\":\"who are you\"}",
        "404 | <html>not a registry</html>",
        "503 | <html>gateway</html>",
        "200 | <html>captive portal</html>"
      })
  void shouldAskAgainLaterWhenTheRegistryGivesNoUsableAnswer(int status, String body) {
    answer(status, body);

    assertThat(fetch()).isInstanceOf(Unreachable.class);
    assertThat(decoder.decode(VALUE)).isEqualTo(new SchemaUnknownYet<>(5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | refused access",
        "404 | does not have the schema of this version",
        "409 | has versions that this one is not compatible with",
        "500 | answered with an error"
      })
  void shouldSayAtStartWhatToDo(int status, String expected) {
    answer(status, "{\"error_code\":" + status + "00,\"message\":\"because\"}");

    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(() -> new WireEncoder<>(registry, "actions.results", ActionResult.class))
        .withMessageStartingWith(
            "subject actions.results-value at schema registry http://localhost")
        .withMessageContaining(expected);
  }
}
