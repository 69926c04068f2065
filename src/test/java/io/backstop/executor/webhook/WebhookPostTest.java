package io.backstop.executor.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.backstop.action.ActionRequest;
import io.backstop.action.FailureClass;
import io.backstop.action.MessagePayload;
import io.backstop.action.Outcome;
import io.backstop.action.Priority;
import io.backstop.executor.Fingerprint;
import io.backstop.executor.PrimaryFailure;
import io.backstop.executor.StubbedService;
import io.backstop.executor.TestServiceConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookPostTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.5Z");
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static StubbedService stub;

  private final WebhookPost webhook = new WebhookPost(Clock.fixed(NOW, ZoneOffset.UTC));

  @BeforeAll
  static void start() {
    stub = new StubbedService();
  }

  @AfterAll
  static void stop() {
    stub.close();
  }

  private static MessagePayload message() {
    return MessagePayload.newBuilder()
        .setRecipients(List.of("#ops"))
        .setSubject("Order 7")
        .setText("Order 7 is late – 請求書")
        .build();
  }

  private static TestServiceConfig unsigned() {
    return TestServiceConfig.at(stub.config().baseUrl().orElseThrow() + "/hook/?to=ops");
  }

  private static TestServiceConfig signed() {
    return unsigned().with("signing-secret", SECRET);
  }

  private Outcome post(TestServiceConfig config) throws Exception {
    return stub.execute(webhook, message(), config, PATIENCE);
  }

  @Test
  void shouldPostASignedMessage() throws Exception {
    stub.answers(aResponse().withStatus(204));

    Outcome outcome = post(signed());

    assertThat(outcome).isEqualTo(new Outcome.Succeeded("{}", OptionalInt.of(204)));
    LoggedRequest sent = stub.onlyRequest();
    String id = "msg_" + Fingerprint.of(StubbedService.KEY);
    assertThat(sent.getMethod().value()).isEqualTo("POST");
    assertThat(sent.getUrl()).isEqualTo("/base/hook/?to=ops");
    assertThat(sent.getHeader("Content-Type")).isEqualTo("application/json");
    assertThat(sent.getHeader("webhook-id")).isEqualTo(id);
    assertThat(sent.getHeader("webhook-timestamp")).isEqualTo("1772359200");
    assertThat(sent.getHeader("webhook-signature"))
        .isEqualTo(SigningSecrets.read(SECRET).sign(id, 1772359200, sent.getBody()));
    assertThat(sent.getHeader("Idempotency-Key")).isEqualTo(StubbedService.KEY);
    assertThat(sent.getHeader("traceparent")).isEqualTo(StubbedService.TRACE);
    assertThat(sent.containsHeader("Authorization")).isFalse();
    assertThat(sent.getBodyAsString())
        .isEqualTo(
            "{\"type\":\"webhook:post\",\"timestamp\":\"2026-03-01T10:00:00.500Z\",\"data\":"
                + "{\"requestId\":\"r-1\",\"recipients\":[\"#ops\"],\"subject\":\"Order 7\","
                + "\"text\":\"Order 7 is late – 請求書\"}}");
  }

  @Test
  void shouldSendATokenWhereOneIsConfigured() throws Exception {
    stub.answers(aResponse().withStatus(200));

    post(signed().token("secret"));

    assertThat(stub.onlyRequest().getHeader("Authorization")).isEqualTo("Bearer secret");
  }

  @Test
  void shouldSayWhatItStandsInFor() {
    ActionRequest slack =
        new ActionRequest(
            "r-7", "slack:postMessage", message(), null, Priority.LOW, null, null, null);

    String body =
        WebhookBody.of(slack, Optional.of(new PrimaryFailure(slack, "HTTP 503")), NOW).toString();

    assertThat(body)
        .startsWith("{\"type\":\"slack:postMessage\"")
        .contains(
            "\"standsInFor\":{\"action\":\"slack:postMessage\",\"requestId\":\"r-7\","
                + "\"error\":\"HTTP 503\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ok", "<html>thanks</html>"})
  void shouldSucceedWhateverTheReceiverSays(String body) throws Exception {
    stub.answers(aResponse().withStatus(202).withBody(body));

    assertThat(post(signed())).isEqualTo(new Outcome.Succeeded("{}", OptionalInt.of(202)));
  }

  @Test
  void shouldKeepAnAnswerInJson() throws Exception {
    stub.answers(aResponse().withStatus(200).withBody("{\"ticket\":7}"));

    assertThat(post(signed()))
        .isEqualTo(new Outcome.Succeeded("{\"ticket\":7}", OptionalInt.of(200)));
  }

  @ParameterizedTest
  @CsvSource({
    "301, NOT_FOUND",
    "307, NOT_FOUND",
    "400, VALIDATION",
    "401, AUTHENTICATION",
    "404, NOT_FOUND",
    "410, NOT_FOUND"
  })
  void shouldNotTryAgain(int status, FailureClass expected) throws Exception {
    stub.answers(aResponse().withStatus(status).withHeader("Location", "/elsewhere"));

    assertThat(post(signed()))
        .isInstanceOf(Outcome.Permanent.class)
        .hasFieldOrPropertyWithValue("failureClass", expected);
    assertThat(stub.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"429, RATE_LIMITED", "500, SERVER_ERROR", "502, SERVER_ERROR", "504, SERVER_ERROR"})
  void shouldTryAgainLater(int status, FailureClass expected) throws Exception {
    stub.answers(aResponse().withStatus(status).withHeader("Retry-After", "7"));

    Outcome outcome = post(signed());

    assertThat(outcome).hasFieldOrPropertyWithValue("failureClass", expected);
    assertThat(((Outcome.Retryable) outcome).retryAfter()).contains(Duration.ofSeconds(7));
  }

  @Test
  void shouldTryAgainAfterABrokenConnection() throws Exception {
    stub.answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    assertThat(post(signed()))
        .isInstanceOf(Outcome.Retryable.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.NETWORK);
  }

  @Test
  void shouldNeverSendUnsignedUnlessTold() throws Exception {
    stub.answers(aResponse().withStatus(200));

    Outcome silent = post(unsigned());
    int sentSilently = stub.requests().size();
    Outcome told = post(unsigned().withOptions(Map.of("unsigned", "true")));

    assertThat(silent)
        .isInstanceOf(Outcome.Rejected.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.AUTHENTICATION);
    assertThat(((Outcome.Rejected) silent).message())
        .startsWith("backstop.services.webhook.signing-secret is not set")
        .contains("WEBHOOK_SIGNING_SECRET", "options.unsigned");
    assertThat(sentSilently).isZero();
    assertThat(told).isInstanceOf(Outcome.Succeeded.class);
    assertThat(stub.onlyRequest().containsHeader("webhook-signature")).isFalse();
    assertThat(stub.onlyRequest().containsHeader("webhook-id")).isTrue();
  }

  @Test
  void shouldRejectWithTheSettingThatIsMissingOrWrong() throws Exception {
    Outcome noUrl = post(new TestServiceConfig(Map.of("signing-secret", SECRET), Map.of()));
    Outcome badSecret = post(unsigned().with("signing-secret", "whsec_geheim!"));

    assertThat(((Outcome.Rejected) noUrl).message())
        .startsWith("backstop.services.webhook.base-url is not set");
    assertThat(((Outcome.Rejected) badSecret).message())
        .startsWith("backstop.services.webhook.signing-secret is not whsec_")
        .doesNotContain("geheim");
  }

  @Test
  void shouldNeedText() {
    assertThat(StubbedService.problems(webhook, MessagePayload.newBuilder().build()))
        .satisfiesExactly(text -> assertThat(text).startsWith("payload.text is missing"));
  }
}
