package io.backstop.executor;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.config.BackstopConfig;
import io.backstop.executor.auth.CredentialsFactory;
import io.backstop.executor.http.VertxTransport;
import io.backstop.simulator.EmulatedService;
import io.backstop.simulator.FaultPlan;
import io.backstop.simulator.FaultPlan.Outage;
import io.backstop.simulator.Latency;
import io.backstop.simulator.Simulator;
import io.backstop.simulator.SimulatorOptions;
import io.backstop.testing.TestConfig;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks of the services that are built in, against answers as told and the simulator's. */
class BuiltInHealthChecksTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static StubbedService stub;
  private static Simulator simulator;
  private static VertxTransport http;

  @BeforeAll
  static void start() {
    stub = new StubbedService();
    simulator = Simulator.start(SimulatorOptions.ephemeral());
    http = new VertxTransport();
  }

  @AfterAll
  static void stop() {
    http.close();
    simulator.close();
    stub.close();
  }

  @BeforeEach
  void heal() {
    simulator.setFaults(FaultPlan.HEALTHY);
    simulator.resetStats();
  }

  private static BackstopConfig at(String service, String baseUrl) {
    String key = "backstop.services." + service + ".";
    return TestConfig.with(
        key + "base-url", baseUrl, key + "token", "secret", key + "api-key", "public");
  }

  private static Outcome check(BackstopConfig config, String service, Duration timeout)
      throws Exception {
    return new HealthChecks(Targets.load(), config, new CredentialsFactory()::forService, http)
        .of(service)
        .orElseThrow()
        .start(timeout)
        .toCompletableFuture()
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static Outcome checkStub(String service) throws Exception {
    return check(at(service, stub.config().baseUrl().orElseThrow()), service, PATIENCE);
  }

  private static Outcome checkSimulator(String service, Duration timeout) throws Exception {
    String baseUrl = simulator.baseUri(emulated(service)).toString();
    return check(at(service, baseUrl), service, timeout);
  }

  private static EmulatedService emulated(String service) {
    return EmulatedService.byLabel(service).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "notion, GET, /v1/users/me",
    "trello, GET, /1/members/me?fields=id",
    "slack, POST, /api/auth.test",
    "drive, GET, /drive/v3/about?fields=user",
    "gmail, GET, /gmail/v1/users/me/profile",
    "google-tasks, GET, /tasks/v1/users/@me/lists?maxResults=1&fields=items%2Fid",
    "sheets, GET, /v4/spreadsheets/backstop-health-check-missing?fields=spreadsheetId"
  })
  void shouldAskAHarmlessQuestion(String service, String method, String path) throws Exception {
    stub.answers(okJson("{\"ok\":true}"));

    Outcome outcome = checkStub(service);

    assertThat(outcome).isEqualTo(new Outcome.Succeeded("{\"ok\":true}", OptionalInt.of(200)));
    assertThat(stub.onlyRequest().getMethod().value()).isEqualTo(method);
    assertThat(stub.onlyRequest().getUrl()).isEqualTo("/base" + path);
    assertThat(stub.onlyRequest().getHeader("Authorization")).contains("secret");
    assertThat(stub.onlyRequest().getHeader("Idempotency-Key")).isEqualTo("health-check");
  }

  @ParameterizedTest
  @ValueSource(strings = {"notion", "trello", "slack", "drive", "gmail", "sheets", "google-tasks"})
  void shouldClassFailuresAsThoseOfActions(String service) throws Exception {
    stub.answers(aResponse().withStatus(429).withHeader("Retry-After", "7"));
    Outcome throttled = checkStub(service);
    stub.answers(aResponse().withStatus(401).withBody("who are you"));
    Outcome refused = checkStub(service);
    stub.answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    Outcome broken = checkStub(service);

    assertThat(((Outcome.Retryable) throttled).retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(refused)
        .isInstanceOf(Outcome.Permanent.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.AUTHENTICATION);
    assertThat(broken)
        .isInstanceOf(Outcome.Retryable.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.NETWORK);
  }

  @Test
  void shouldUnderstandThatSlackSaysNoWithHttp200() throws Exception {
    stub.answers(okJson("{\"ok\":false,\"error\":\"fatal_error\"}"));
    Outcome failing = checkStub("slack");
    stub.answers(okJson("{\"ok\":false,\"error\":\"invalid_auth\"}"));
    Outcome refused = checkStub("slack");

    assertThat(failing).hasFieldOrPropertyWithValue("failureClass", FailureClass.SERVER_ERROR);
    assertThat(refused).hasFieldOrPropertyWithValue("failureClass", FailureClass.AUTHENTICATION);
  }

  @Test
  void shouldTakeOnlySheetsOwnNotFoundForAnAnswerOfSheets() throws Exception {
    stub.answers(
        aResponse()
            .withStatus(404)
            .withBody(
                "{\"error\":{\"code\":404,\"message\":\"Requested entity was not found.\","
                    + "\"status\":\"NOT_FOUND\"}}"));
    Outcome answered = checkStub("sheets");
    stub.answers(aResponse().withStatus(404).withBody("<html>no such page</html>"));
    Outcome astray = checkStub("sheets");

    assertThat(answered).isEqualTo(new Outcome.Succeeded("{}", OptionalInt.of(404)));
    assertThat(astray)
        .isInstanceOf(Outcome.Permanent.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"notion", "trello", "slack", "drive", "gmail", "sheets", "google-tasks"})
  void shouldSucceedWhileTheServiceWorks(String service) throws Exception {
    Outcome outcome = checkSimulator(service, PATIENCE);

    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    var seen = simulator.stats().service(emulated(service));
    assertThat(seen.endpoints()).containsOnlyKeys("whoAmI");
    assertThat(seen.effects().total()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"notion", "trello", "slack", "drive", "gmail", "sheets", "google-tasks"})
  void shouldFailWhileTheServiceIsDown(String service) throws Exception {
    simulator.setFaults(emulated(service), FaultPlan.HEALTHY.withOutage(Outage.UNAVAILABLE));
    Outcome unavailable = checkSimulator(service, PATIENCE);
    simulator.setFaults(emulated(service), FaultPlan.HEALTHY.withOutage(Outage.REFUSE));
    Outcome gone = checkSimulator(service, PATIENCE);

    assertThat(unavailable)
        .isInstanceOf(Outcome.Retryable.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.SERVER_ERROR);
    assertThat(gone)
        .isInstanceOf(Outcome.Retryable.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.NETWORK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"notion", "trello", "slack", "drive", "gmail", "sheets", "google-tasks"})
  void shouldTimeOutWhileTheServiceIsSlow(String service) throws Exception {
    simulator.setFaults(
        emulated(service), FaultPlan.HEALTHY.withLatency(new Latency.Fixed(10_000)));
    Duration timeout = Duration.ofMillis(150);

    Outcome outcome = checkSimulator(service, timeout);

    assertThat(outcome).isEqualTo(new Outcome.TimedOut(timeout));
  }
}
