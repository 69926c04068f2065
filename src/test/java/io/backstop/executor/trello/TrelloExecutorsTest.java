package io.backstop.executor.trello;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.TaskPayload;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.Json;
import io.backstop.executor.StubbedService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrelloExecutorsTest {
  private static final TaskPayload FULL =
      TaskPayload.newBuilder()
          .setTaskId("card1")
          .setTitle("Call Ada")
          .setDescription("today")
          .setContainer("list1")
          .setDueAt(Instant.parse("2030-01-02T03:04:05Z"))
          .setStatus("open")
          .setLabels(List.of("l1", "l2"))
          .setAssignees(List.of("m1"))
          .setProperties(Map.of("pos", "top"))
          .build();

  private static final String FIELDS =
      "\"pos\":\"top\",\"name\":\"Call Ada\",\"desc\":\"today\",\"due\":\"2030-01-02T03:04:05Z\","
          + "\"idLabels\":\"l1,l2\",\"idMembers\":\"m1\"";

  private static StubbedService trello;

  @BeforeAll
  static void start() {
    trello = new StubbedService();
  }

  @AfterAll
  static void stop() {
    trello.close();
  }

  private static Stream<Arguments> calls() {
    return Stream.of(
        Arguments.of(
            new CreateCard(), "POST", "/base/1/cards", "{" + FIELDS + ",\"idList\":\"list1\"}"),
        Arguments.of(
            new UpdateCard(), "PUT", "/base/1/cards/card1", "{" + FIELDS + ",\"closed\":false}"),
        Arguments.of(
            new MoveCard(),
            "PUT",
            "/base/1/cards/card1",
            "{\"pos\":\"top\",\"idList\":\"list1\"}"));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void shouldCallTrello(ActionExecutor executor, String method, String url, String body)
      throws Exception {
    trello.answers(okJson("{\"id\":\"card1\"}"));

    var outcome = trello.execute(executor, FULL);

    var sent = trello.onlyRequest();
    assertThat(outcome).isEqualTo(new Outcome.Succeeded("{\"id\":\"card1\"}", OptionalInt.of(200)));
    assertThat(sent.getMethod().value()).isEqualTo(method);
    assertThat(sent.getUrl()).as("no credentials in the URL").isEqualTo(url);
    assertThat(sent.getHeader("Authorization"))
        .isEqualTo("OAuth oauth_consumer_key=\"public\", oauth_token=\"secret\"");
    assertThat(sent.getHeader("Idempotency-Key")).isEqualTo(StubbedService.KEY);
    assertThat(sent.getHeader("traceparent")).isEqualTo(StubbedService.TRACE);
    assertThat(Json.read(sent.getBody())).isEqualTo(Json.read(body));
  }

  @Test
  void shouldCloseACard() throws Exception {
    trello.answers(okJson("{}"));

    trello.execute(
        new UpdateCard(), TaskPayload.newBuilder().setTaskId("card1").setStatus("closed").build());

    assertThat(trello.onlyRequest().getBodyAsString()).isEqualTo("{\"closed\":true}");
  }

  @Test
  void shouldReadARateLimitsCode() throws Exception {
    trello.answers(
        aResponse()
            .withStatus(429)
            .withBody(
                "{\"error\":\"API_KEY_LIMIT_EXCEEDED\",\"message\":\"Rate limit exceeded\"}"));

    var outcome = trello.execute(new MoveCard(), FULL);

    assertThat(outcome)
        .isEqualTo(
            new Outcome.Retryable(
                FailureClass.RATE_LIMITED,
                "API_KEY_LIMIT_EXCEEDED: Rate limit exceeded",
                OptionalInt.of(429),
                Optional.empty()));
  }

  @Test
  void shouldNameTheMissingKey() throws Exception {
    trello.answers(okJson("{}"));
    var config = trello.config().apiKey("");

    var outcome = trello.execute(new MoveCard(), FULL, config, Duration.ofSeconds(5));

    assertThat(outcome)
        .isEqualTo(
            new Outcome.Rejected(
                FailureClass.AUTHENTICATION,
                "backstop.services.trello.api-key is not set: set it, or the environment variable"
                    + " TRELLO_KEY"));
  }

  @Test
  void shouldNameWhatIsWrong() {
    var empty = TaskPayload.newBuilder().build();
    var odd = TaskPayload.newBuilder(FULL).setStatus("Doing").setTaskId("a/b").build();

    assertThat(StubbedService.problems(new CreateCard(), empty))
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("payload.title is missing"),
            problem -> assertThat(problem).startsWith("payload.container is missing"));
    assertThat(StubbedService.problems(new CreateCard(), odd))
        .satisfiesExactly(problem -> assertThat(problem).startsWith("payload.status is 'Doing'"));
    assertThat(StubbedService.problems(new UpdateCard(), empty))
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("payload.taskId is missing"),
            problem -> assertThat(problem).startsWith("payload.title is missing"));
    assertThat(StubbedService.problems(new UpdateCard(), odd))
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("payload.taskId is not an id"),
            problem -> assertThat(problem).startsWith("payload.status is 'Doing'"));
    assertThat(StubbedService.problems(new MoveCard(), empty))
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("payload.taskId is missing"),
            problem -> assertThat(problem).startsWith("payload.container is missing"));
  }
}
