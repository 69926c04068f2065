package io.backstop.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.simulator.SimulatorClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackEndpointsTest {
  private static Simulator simulator;
  private static SimulatorClient client;

  @BeforeAll
  static void start() {
    simulator = Simulator.start(SimulatorOptions.ephemeral());
    client = new SimulatorClient(simulator);
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @Test
  void shouldPostMessage() {
    Answer answer = slack("chat.postMessage", "{\"channel\":\"C123\",\"text\":\"hello\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("ok").asBoolean()).isTrue();
    assertThat(answer.at("/ts")).matches("\\d{10}\\.\\d{6}");
    assertThat(answer.at("/message/text")).isEqualTo("hello");
  }

  @Test
  void shouldPostMessageOnceForOneClientMessageId() {
    String body = "{\"channel\":\"C123\",\"text\":\"once\",\"client_msg_id\":\"id-1\"}";
    long before = simulator.stats().service(EmulatedService.SLACK).effects().total();

    Answer first = slack("chat.postMessage", body);
    Answer second = slack("chat.postMessage", body);

    assertThat(second.at("/ts")).isEqualTo(first.at("/ts"));
    assertThat(simulator.stats().service(EmulatedService.SLACK).effects().total())
        .isEqualTo(before + 1);
  }

  @Test
  void shouldTakeFormBody() {
    Answer answer =
        client.send(
            "POST",
            "/slack/api/chat.postMessage",
            "token=xoxb-1&channel=%23general&text=hello",
            "Content-Type",
            "application/x-www-form-urlencoded");

    assertThat(answer.at("/channel")).isEqualTo("#general");
  }

  @Test
  void shouldUpdateMessage() {
    Answer answer =
        slack(
            "chat.update", "{\"channel\":\"C123\",\"ts\":\"1700000000.000100\",\"text\":\"new\"}");

    assertThat(answer.at("/ts")).isEqualTo("1700000000.000100");
  }

  @Test
  void shouldSayWhoIsCalling() {
    assertThat(slack("auth.test", "{}").at("/team")).isEqualTo("Simulator");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chat.postMessage|{|invalid_json",
        "chat.postMessage|[]|json_not_object",
        "chat.postMessage|{\"text\":\"t\"}|invalid_arguments",
        "chat.postMessage|{\"channel\":\"C123\"}|no_text",
        "chat.postMessage|{\"channel\":\"Cmissing\",\"text\":\"t\"}|channel_not_found",
        "chat.update|{\"channel\":\"#general\",\"text\":\"t\"}|channel_not_found",
        "chat.update|{\"channel\":\"C123\",\"text\":\"t\"}|invalid_arguments",
        "chat.update|{\"channel\":\"C123\",\"text\":\"t\",\"ts\":\"1\"}|message_not_found",
        "chat.shout|{}|unknown_method"
      })
  void shouldRefuseWithStatus200(String method, String body, String error) {
    Answer answer = slack(method, body);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("ok").asBoolean()).isFalse();
    assertThat(answer.at("/error")).isEqualTo(error);
  }

  @ParameterizedTest
  @CsvSource({"Bearer invalid,invalid_auth", "Bearer forbidden,missing_scope", "Bearer,not_authed"})
  void shouldRefuseWrongTokenWithStatus200(String header, String error) {
    Answer answer = client.send("POST", "/slack/api/auth.test", null, "Authorization", header);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/error")).isEqualTo(error);
  }

  private static Answer slack(String method, String body) {
    return client.send(
        "POST",
        "/slack/api/" + method,
        body,
        "Authorization",
        "Bearer xoxb-1",
        "Content-Type",
        "application/json; charset=utf-8");
  }
}
