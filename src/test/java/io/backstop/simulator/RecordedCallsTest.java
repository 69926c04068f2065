package io.backstop.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.simulator.FaultPlan.Outage;
import io.backstop.simulator.SimulatorClient.Answer;
import io.backstop.simulator.SimulatorClient.BrokenConnection;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When each call came, in this process and over HTTP. */
class RecordedCallsTest {
  private static final String POST = "/slack/api/chat.postMessage";
  private static final String BODY = "{\"channel\":\"C123\",\"text\":\"t\"}";

  private Simulator simulator;
  private SimulatorClient client;

  @BeforeEach
  void start() {
    simulator = Simulator.start(SimulatorOptions.ephemeral().recordingCalls(1_000));
    client = new SimulatorClient(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private static String[] headers(String key) {
    return new String[] {
      "Authorization", "Bearer t", "Content-Type", "application/json", "Idempotency-Key", key
    };
  }

  private void post(String key) {
    client.send("POST", POST, BODY, headers(key));
  }

  private List<RecordedCall> slack() {
    return simulator.calls(EmulatedService.SLACK);
  }

  private static List<JsonNode> lines(Answer answer) {
    return answer
        .text()
        .lines()
        .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8)).orElseThrow())
        .toList();
  }

  private static Optional<String> status(RecordedCall call) {
    return call.answer().map(RecordedCall.Answer::status);
  }

  @Test
  void shouldRecordWhatWasAskedWhenByWhichKeyAndWhatWasAnswered() {
    long before = System.currentTimeMillis();
    long beforeNanos = System.nanoTime();

    post("key-1");
    client.send("POST", "/slack/api/auth.test", "{}", headers("health-check"));

    RecordedCall first = slack().get(0);
    RecordedCall second = slack().get(1);
    assertThat(slack()).hasSize(2);
    assertThat(first.sequence()).isEqualTo(1);
    assertThat(first.endpoint()).isEqualTo("postMessage");
    assertThat(first.key()).contains("key-1");
    assertThat(status(first)).contains("200");
    assertThat(first.arrivedAtMs()).isBetween(before, System.currentTimeMillis());
    assertThat(first.arrivedAtNanos()).isBetween(beforeNanos, second.arrivedAtNanos());
    assertThat(second.endpoint()).isEqualTo("whoAmI");
    assertThat(second.key()).contains("health-check");
    assertThat(simulator.calls(EmulatedService.SLACK, 1)).containsExactly(second);
    assertThat(simulator.calls(EmulatedService.NOTION)).isEmpty();
  }

  @Test
  void shouldTellTheReplaysOfAKeyApart() {
    for (String generation : List.of("1", "2", "garbled")) {
      List<String> headers = new ArrayList<>(List.of(headers("key-1")));
      headers.addAll(List.of("Backstop-Generation", generation));
      client.send("POST", POST, BODY, headers.toArray(String[]::new));
    }
    post("key-1");

    assertThat(slack()).extracting(RecordedCall::key).containsOnly(Optional.of("key-1"));
    assertThat(slack()).extracting(RecordedCall::generation).containsExactly(1, 2, 0, 0);
    assertThat(lines(client.send("GET", "/calls?service=slack", null)))
        .extracting(line -> line.get("generation").asInt())
        .containsExactly(1, 2, 0, 0);
  }

  @Test
  void shouldRecordTheAnswersOfFaults() {
    simulator.setFaults(FaultPlan.HEALTHY.withOutage(Outage.UNAVAILABLE));
    post("unavailable");
    simulator.setFaults(FaultPlan.HEALTHY.withOutage(Outage.REFUSE));
    Assertions.assertThatThrownBy(() -> post("refused")).isInstanceOf(BrokenConnection.class);
    simulator.setFaults(FaultPlan.HEALTHY.with(Failure.error(1, 429)));
    post("throttled");

    assertThat(slack())
        .extracting(call -> status(call).orElse("none"))
        .containsExactly("503", "reset", "429");
    assertThat(slack())
        .extracting(RecordedCall::endpoint)
        .containsExactly("postMessage", "unread", "postMessage");
    assertThat(slack())
        .extracting(call -> call.key().orElse("none"))
        .containsExactly("unavailable", "none", "throttled");
  }

  @Test
  void shouldShowACallBeforeItsAnswerIsDue() {
    simulator.setFaults(
        EmulatedService.SLACK, FaultPlan.HEALTHY.withLatency(new Latency.Fixed(10_000)));

    var call =
        client
            .http()
            .sendAsync(client.request("POST", POST, BODY, headers("k")), BodyHandlers.ofString());

    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> slack().size() == 1 && slack().get(0).key().isPresent());
    assertThat(slack().get(0).answer()).isEmpty();
    assertThat(
            lines(client.send("GET", "/calls?service=slack", null)).get(0).get("answer").isNull())
        .isTrue();
    call.cancel(true);
  }

  @Test
  void shouldServeJsonLinesAfterASequence() {
    post("key-1");
    post("key-2");

    Answer answer = client.send("GET", "/calls?service=slack&since=1", null);

    JsonNode line = lines(answer).get(0);
    RecordedCall call = slack().get(1);
    assertThat(answer.response().headers().firstValue("content-type").orElse(""))
        .startsWith("application/x-ndjson");
    assertThat(lines(answer)).hasSize(1);
    assertThat(line.get("sequence").asLong()).isEqualTo(2);
    assertThat(line.get("arrivedAtMs").asLong()).isEqualTo(call.arrivedAtMs());
    assertThat(line.get("arrivedAtNanos").asLong()).isEqualTo(call.arrivedAtNanos());
    assertThat(line.get("endpoint").asText()).isEqualTo("postMessage");
    assertThat(line.get("key").asText()).isEqualTo("key-2");
    assertThat(line.get("answer").asText()).isEqualTo("200");
    assertThat(line.get("answeredAtNanos").asLong())
        .isEqualTo(call.answer().orElseThrow().atNanos());
  }

  @Test
  void shouldRecordOnlyWhileSwitchedOn() {
    client.send("DELETE", "/calls", null);
    post("while-off");
    int off = client.send("GET", "/calls?service=slack", null).status();
    int on = client.send("PUT", "/calls?capacity=2", null).status();
    post("a");
    post("b");
    post("c");

    assertThat(off).isEqualTo(409);
    assertThat(on).isEqualTo(204);
    assertThat(slack()).extracting(call -> call.key().orElseThrow()).containsExactly("b", "c");
    assertThat(slack()).extracting(RecordedCall::sequence).containsExactly(2L, 3L);
  }

  @Test
  void shouldNotRecordUnlessAsked() {
    try (Simulator plain = Simulator.start(SimulatorOptions.ephemeral())) {
      new SimulatorClient(plain).send("POST", POST, BODY, headers("k"));

      assertThat(plain.calls(EmulatedService.SLACK)).isEmpty();
    }
  }

  @Test
  void shouldForgetCallsWithTheStatsAndGoOnRecording() {
    post("before");

    simulator.resetStats();
    post("after");

    assertThat(slack()).extracting(RecordedCall::sequence).containsExactly(1L);
    assertThat(slack().get(0).key()).contains("after");
  }

  @Test
  void shouldSayWhatIsWrongWithAQuestion() {
    assertThat(client.send("GET", "/calls", null).at("/error"))
        .contains("service")
        .contains("notion");
    assertThat(client.send("GET", "/calls?service=jira", null).status()).isEqualTo(400);
    assertThat(client.send("GET", "/calls?service=slack&since=x", null).at("/error"))
        .contains("since");
    assertThat(client.send("PUT", "/calls?capacity=0", null).at("/error")).contains("capacity");
    assertThat(client.send("POST", "/calls", "{}").status()).isEqualTo(405);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulatorOptions.ephemeral().recordingCalls(-1))
        .withMessageContaining("recordedCalls");
  }

  @Test
  void shouldRecordEveryCallOfALoadInPages() {
    int count = CallsApi.MOST_LINES + 500;
    simulator.recordCalls(10_000);
    List<CompletableFuture<?>> calls = new ArrayList<>();

    for (int i = 0; i < count; i++) {
      calls.add(
          client
              .http()
              .sendAsync(
                  client.request("POST", POST, BODY, headers("k-" + i)), BodyHandlers.ofString()));
      if (calls.size() == 100) {
        calls.forEach(CompletableFuture::join);
        calls.clear();
      }
    }
    calls.forEach(CompletableFuture::join);

    List<JsonNode> first = lines(client.send("GET", "/calls?service=slack", null));
    long last = first.get(first.size() - 1).get("sequence").asLong();
    List<JsonNode> rest = lines(client.send("GET", "/calls?service=slack&since=" + last, null));
    assertThat(first).hasSize(CallsApi.MOST_LINES);
    assertThat(rest).hasSize(500);
    assertThat(slack()).extracting(RecordedCall::key).doesNotHaveDuplicates();
    assertThat(slack()).extracting(RecordedCall::arrivedAtNanos).isSorted();
    assertThat(slack()).allMatch(call -> status(call).equals(Optional.of("200")));
  }
}
