package io.backstop.executor.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FailureClass;
import io.backstop.action.MessagePayload;
import io.backstop.action.Outcome;
import io.backstop.executor.Json;
import io.backstop.executor.StubbedService;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackExecutorsTest {
  private static final String POSTED = "{\"ok\":true,\"channel\":\"C1\",\"ts\":\"1.2\"}";
  private static StubbedService slack;

  @BeforeAll
  static void start() {
    slack = new StubbedService();
  }

  @AfterAll
  static void stop() {
    slack.close();
  }

  private static MessagePayload.Builder message() {
    return MessagePayload.newBuilder().setRecipients(List.of("C1")).setText("hello");
  }

  @Test
  void shouldPostAMessage() throws Exception {
    slack.answers(okJson(POSTED));
    var message = message().setSubject("News").setThreadId("1.1").build();

    var outcome = slack.execute(new PostMessage(), message);

    var sent = slack.onlyRequest();
    var body = Json.read(sent.getBody()).orElseThrow();
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(sent.getMethod().value()).isEqualTo("POST");
    assertThat(sent.getUrl()).isEqualTo("/base/api/chat.postMessage");
    assertThat(sent.getHeader("Authorization")).isEqualTo("Bearer secret");
    assertThat(sent.getHeader("Content-Type"))
        .isEqualToIgnoringCase("application/json; charset=utf-8");
    assertThat(sent.getHeader("Idempotency-Key")).isEqualTo(StubbedService.KEY);
    assertThat(sent.getHeader("traceparent")).isEqualTo(StubbedService.TRACE);
    assertThat(body.path("channel").asText()).isEqualTo("C1");
    assertThat(body.path("text").asText()).isEqualTo("*News*\nhello");
    assertThat(body.path("thread_ts").asText()).isEqualTo("1.1");
    assertThat(UUID.fromString(body.path("client_msg_id").asText())).isNotNull();
  }

  @Test
  void shouldRepeatWithTheSameMessageId() throws Exception {
    slack.answers(okJson(POSTED));

    slack.execute(new PostMessage(), message().build());
    slack.execute(new PostMessage(), message().build());

    assertThat(slack.requests()).hasSize(2);
    assertThat(slack.requests().get(0).getBodyAsString())
        .isEqualTo(slack.requests().get(1).getBodyAsString());
  }

  @Test
  void shouldUpdateAMessage() throws Exception {
    slack.answers(okJson(POSTED));

    var outcome = slack.execute(new UpdateMessage(), message().setMessageId("1.2").build());

    var sent = slack.onlyRequest();
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(sent.getUrl()).isEqualTo("/base/api/chat.update");
    assertThat(sent.getBodyAsString())
        .isEqualTo("{\"channel\":\"C1\",\"text\":\"hello\",\"ts\":\"1.2\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "ratelimited, RATE_LIMITED, true",
    "request_timeout, TIMEOUT, true",
    "internal_error, SERVER_ERROR, true",
    "fatal_error, SERVER_ERROR, true",
    "not_authed, AUTHENTICATION, false",
    "invalid_auth, AUTHENTICATION, false",
    "missing_scope, AUTHENTICATION, false",
    "not_in_channel, AUTHENTICATION, false",
    "channel_not_found, NOT_FOUND, false",
    "message_not_found, NOT_FOUND, false",
    "is_archived, CONFLICT, false",
    "message_limit_exceeded, RESOURCE_EXHAUSTED, false",
    "msg_too_long, VALIDATION, false",
    "a_code_of_next_year, VALIDATION, false"
  })
  void shouldClassifyRefusalsThatComeAsHttp200(String code, FailureClass expected, boolean again)
      throws Exception {
    slack.answers(okJson("{\"ok\":false,\"error\":\"" + code + "\"}"));

    var outcome = slack.execute(new PostMessage(), message().build());

    assertThat(outcome)
        .isInstanceOf(again ? Outcome.Retryable.class : Outcome.Permanent.class)
        .hasFieldOrPropertyWithValue("failureClass", expected)
        .hasFieldOrPropertyWithValue("message", code);
  }

  @Test
  void shouldCarrySlacksExplanation() throws Exception {
    slack.answers(
        okJson(
            """
            {"ok": false, "error": "invalid_arguments",
             "response_metadata": {"messages": ["[ERROR] missing required field: channel"]}}
            """));

    var outcome = (Outcome.Permanent) slack.execute(new PostMessage(), message().build());

    assertThat(outcome.message())
        .isEqualTo("invalid_arguments: [ERROR] missing required field: channel");
  }

  @Test
  void shouldRetryAnAnswerThatIsNotSlacks() throws Exception {
    slack.answers(okJson("{\"status\":\"ok\"}"));

    var outcome = (Outcome.Retryable) slack.execute(new PostMessage(), message().build());

    assertThat(outcome.failureClass()).isEqualTo(FailureClass.SERVER_ERROR);
  }

  @Test
  void shouldNameWhatIsWrong() {
    var empty = MessagePayload.newBuilder().build();
    var two = message().setRecipients(List.of("C1", "C2")).build();

    assertThat(StubbedService.problems(new PostMessage(), empty))
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("payload.recipients is missing"),
            problem -> assertThat(problem).startsWith("payload.text is missing"));
    assertThat(StubbedService.problems(new UpdateMessage(), two))
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("payload.recipients has 2 entries"),
            problem -> assertThat(problem).startsWith("payload.messageId is missing"));
  }
}
