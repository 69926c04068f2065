package io.backstop.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.backstop.config.StartupException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryClientTest {
  private static final String NOBODY = "http://127.0.0.1:1";

  @RegisterExtension
  static final WireMockExtension ONE =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private static QueryClient client(String... urls) {
    return new QueryClient(List.of(urls), Optional.of("t0p"));
  }

  private static void answer(int status, String body) {
    ONE.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
  }

  @Test
  void shouldAskTheNextWhenOneIsDown() {
    answer(200, "{\"items\":[]}");

    var reply = client(NOBODY, ONE.baseUrl() + "/").get("/v1/x", Map.of("text", "a b&c"));

    assertThat(reply.isOk()).isTrue();
    ONE.verify(
        getRequestedFor(urlEqualTo("/v1/x?text=a%20b%26c"))
            .withHeader("Authorization", equalTo("Bearer t0p")));
  }

  @Test
  void shouldAskTheNextWhenOneStarts() {
    answer(503, "{\"detail\":\"the instance starts\"}");

    assertThatThrownBy(() -> client(ONE.baseUrl(), NOBODY).get("/v1/x", Map.of()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(ONE.baseUrl() + " (the instance starts)")
        .hasMessageContaining(NOBODY)
        .hasMessageContaining("backstop run");
  }

  @Test
  void shouldTakeAnAnswerThatIsNotWhole() {
    answer(503, "{\"detail\":\"a part is away\",\"missing\":[]}");

    var reply = client(ONE.baseUrl()).get("/v1/x", Map.of());

    assertThat(reply.isOk()).isFalse();
    assertThat(reply.detail()).isEqualTo("a part is away");
  }

  @Test
  void shouldNotTakeAnotherServersAnswer() {
    answer(404, "<html>");

    assertThatThrownBy(() -> client(ONE.baseUrl()).get("/v1/x", Map.of()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("HTTP status 404");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "", "{}", "[]"})
  void shouldNotTakeAPageForAnAnswer(String page) {
    answer(200, page);

    assertThatThrownBy(() -> client(ONE.baseUrl()).get("/v1/x", Map.of()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(ONE.baseUrl() + " (its answer is not of an instance)");
  }

  @Test
  void shouldSayThatTheTokenIsWrong() {
    answer(401, "{}");

    assertThatThrownBy(() -> client(ONE.baseUrl()).get("/v1/x", Map.of()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("backstop.query.token");
  }

  @Test
  void shouldSayThatAUrlIsNone() {
    assertThatThrownBy(() -> client("localhost:80").get("/v1/x", Map.of()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("'localhost:80' is no URL");
  }
}
