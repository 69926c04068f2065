package io.backstop.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.backstop.simulator.SimulatorClient.Answer;
import io.backstop.simulator.SimulatorClient.BrokenConnection;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String POST_MESSAGE = "/slack/api/chat.postMessage";
  private static final String BODY = "{\"channel\":\"C123\",\"text\":\"hello\"}";

  private Simulator simulator;
  private SimulatorClient client;

  @BeforeEach
  void start() {
    simulator = Simulator.start(SimulatorOptions.ephemeral(), Clock.fixed(NOW, ZoneOffset.UTC));
    client = new SimulatorClient(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void shouldDelayAnswerByLatencyWithoutHoldingUpOthers() {
    simulator.setFaults(
        EmulatedService.SLACK, FaultPlan.HEALTHY.withLatency(new Latency.Fixed(300)));
    long start = System.nanoTime();

    List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      calls.add(client.http().sendAsync(slackRequest("key-" + i), BodyHandlers.ofString()));
    }
    calls.forEach(CompletableFuture::join);

    long millis = (System.nanoTime() - start) / 1_000_000;
    assertThat(millis).isBetween(299L, 3_000L);
    assertThat(slackStats().peakInFlight()).isGreaterThan(1);
  }

  @Test
  void shouldFailByChanceTheSameWayForTheSameSeed() {
    FaultPlan plan = FaultPlan.HEALTHY.with(Failure.error(0.3, 500));
    simulator.setFaults(plan);

    List<Integer> first = statuses(60, "same-key");
    simulator.resetStats();
    List<Integer> second = statuses(60, "same-key");

    assertThat(first).isEqualTo(second).contains(200, 500);
    assertThat(first.stream().filter(status -> status == 500).count()).isBetween(8L, 30L);
  }

  @Test
  void shouldFailTheSameKeysForEverWhenPermanent() {
    simulator.setFaults(FaultPlan.HEALTHY.with(Failure.permanentError(0.5, 400)));

    List<Integer> first = IntStream.range(0, 40).mapToObj(i -> status("key-" + i)).toList();
    List<Integer> repeated = IntStream.range(0, 40).mapToObj(i -> status("key-" + i)).toList();

    assertThat(first).isEqualTo(repeated).contains(200, 400);
  }

  @ParameterizedTest
  @CsvSource({"seconds,7", "date,'Sun, 01 Mar 2026 10:00:07 GMT'"})
  void shouldSendRetryAfterInEitherForm(String form, String header) {
    put(
        "slack",
        "{\"failures\":[{\"rate\":1,\"status\":429,\"retryAfterSeconds\":7,\"retryAfterAs\":\""
            + form
            + "\"}]}");

    Answer answer = slack("key");

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.response().headers().firstValue("retry-after")).contains(header);
    assertThat(answer.text()).isEqualTo("{\"ok\":false,\"error\":\"ratelimited\"}");
  }

  @Test
  void shouldAnswerInTheServicesOwnErrorFormat() {
    simulator.setFaults(FaultPlan.HEALTHY.with(Failure.error(1, 429)));

    assertThat(client.send("POST", "/notion/v1/pages", "").at("/code")).isEqualTo("rate_limited");
    assertThat(client.send("POST", "/trello/1/cards", "").at("/error"))
        .isEqualTo("API_TOKEN_LIMIT_EXCEEDED");
    assertThat(client.send("POST", "/drive/drive/v3/files", "").at("/error/status"))
        .isEqualTo("RESOURCE_EXHAUSTED");
    assertThat(client.send("POST", "/oauth2/token", "").at("/error")).isEqualTo("invalid_request");
  }

  @Test
  void shouldAnswer503ToEverythingInAnOutage() {
    put("slack", "{\"outage\":\"unavailable\"}");

    assertThat(slack("key").status()).isEqualTo(503);
    assertThat(client.send("GET", "/trello/1/members/me", null).status()).isEqualTo(401);
    assertThat(slackStats().effects().total()).isZero();
  }

  @Test
  void shouldBreakTheConnectionWhenRefusing() {
    put("slack", "{\"outage\":\"refuse\"}");

    assertThatThrownBy(() -> slack("key")).isInstanceOf(BrokenConnection.class);
  }

  @Test
  void shouldResetConnectionWithoutEffect() {
    simulator.setFaults(FaultPlan.HEALTHY.with(Failure.reset(1)));

    assertThatThrownBy(() -> slack("key"))
        .isInstanceOf(BrokenConnection.class)
        .rootCause()
        .hasMessageContaining("reset");
    assertThat(slackStats().effects().total()).isZero();
  }

  @Test
  void shouldDoTheWorkBeforeTheAnswerIsLost() {
    simulator.setFaults(FaultPlan.HEALTHY.with(Failure.reset(1).afterTheEffect()));

    assertThatThrownBy(() -> slack("key")).isInstanceOf(BrokenConnection.class);

    assertThat(slackStats().effects().total()).isEqualTo(1);
    assertThat(slackStats().endpoints().get("postMessage").answers()).containsEntry("reset", 1L);
  }

  @Test
  void shouldNeverAnswerWhenHangingAndForgetTheCallerWhoLeft() {
    simulator.setFaults(FaultPlan.HEALTHY.with(Failure.hang(1)));
    CompletableFuture<HttpResponse<String>> call =
        client.http().sendAsync(slackRequest("key"), BodyHandlers.ofString());
    await()
        .untilAsserted(
            () ->
                assertThat(slackStats().endpoints().get("postMessage").answers())
                    .containsEntry("hang", 1L));
    assertThat(call).isNotDone();
    assertThat(slackStats().inFlight()).isEqualTo(1);

    call.cancel(true);

    await().untilAsserted(() -> assertThat(slackStats().inFlight()).isZero());
  }

  @Test
  void shouldShowAndRemoveFaults() {
    String plan = "{\"latency\":{\"kind\":\"lognormal\",\"medianMs\":40,\"p99Ms\":400}}";
    put("gmail", plan);

    String shown = client.send("GET", "/faults", null).at("/gmail/latency/p99Ms");
    int removed = client.send("DELETE", "/faults/gmail", null).status();

    assertThat(shown).isEqualTo("400.0");
    assertThat(removed).isEqualTo(204);
    assertThat(simulator.faults(EmulatedService.GMAIL)).isEqualTo(FaultPlan.HEALTHY);
  }

  @Test
  void shouldTakePlansForSeveralServicesAsTheyAreShown() {
    simulator.setFaults(EmulatedService.NOTION, FaultPlan.HEALTHY.with(Failure.hang(0.5)));
    String shown = client.send("GET", "/faults", null).text();
    simulator.setFaults(FaultPlan.HEALTHY);

    Answer answer = client.send("PUT", "/faults", shown);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(simulator.faults(EmulatedService.NOTION).failures())
        .containsExactly(Failure.hang(0.5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|body",
        "[]|body",
        "{\"latncy\":1}|latncy",
        "{\"latency\":5}|latency",
        "{\"latency\":{\"kind\":\"slow\"}}|latency.kind",
        "{\"latency\":{\"kind\":\"uniform\",\"minMs\":5,\"maxMs\":1}}|latency.maxMs",
        "{\"failures\":{}}|failures",
        "{\"failures\":[{\"rate\":2}]}|failures[0].rate",
        "{\"failures\":[{}]}|failures[0].rate",
        "{\"failures\":[{\"rate\":1},{\"rate\":0.1}]}|failures",
        "{\"failures\":[{\"rate\":1,\"status\":99}]}|failures[0].status",
        "{\"failures\":[{\"rate\":1,\"kind\":\"odd\"}]}|failures[0].kind",
        "{\"outage\":\"yes\"}|outage"
      })
  void shouldNameTheWrongField(String body, String field) {
    Answer answer = client.send("PUT", "/faults/slack", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/field")).isEqualTo(field);
    assertThat(answer.at("/error")).startsWith(field + ": ");
  }

  @Test
  void shouldSayWhichServicesThereAre() {
    Answer answer = client.send("PUT", "/faults/jira", "{}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.at("/error")).contains("jira").contains("notion, trello, slack");
  }

  private void put(String service, String plan) {
    assertThat(client.send("PUT", "/faults/" + service, plan).status()).isEqualTo(200);
  }

  private List<Integer> statuses(int count, String key) {
    return IntStream.range(0, count).mapToObj(i -> status(key)).toList();
  }

  private int status(String key) {
    return slack(key).status();
  }

  private Answer slack(String key) {
    return client.send("POST", POST_MESSAGE, BODY, headers(key));
  }

  private HttpRequest slackRequest(String key) {
    return client.request("POST", POST_MESSAGE, BODY, headers(key));
  }

  private static String[] headers(String key) {
    return new String[] {
      "Authorization", "Bearer t", "Content-Type", "application/json", "Idempotency-Key", key
    };
  }

  private SimulatorStats.Service slackStats() {
    return simulator.stats().service(EmulatedService.SLACK);
  }
}
