package io.backstop.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.simulator.SimulatorClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrelloEndpointsTest {
  private static final String LIST = "5abbe4b7ddc1b351ef961414";
  private static final String CARD = "5abbe4b7ddc1b351ef961415";
  private static final String CREDENTIALS =
      "OAuth oauth_consumer_key=\"key\", oauth_token=\"token\"";

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
  void shouldCreateCard() {
    Answer answer =
        trello("POST", "/1/cards", "{\"idList\":\"" + LIST + "\",\"name\":\"Call back\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/name")).isEqualTo("Call back");
    assertThat(Ids.isHex24(answer.at("/id"))).isTrue();
  }

  @Test
  void shouldMoveCard() {
    Answer answer = trello("PUT", "/1/cards/" + CARD, "{\"idList\":\"" + LIST + "\"}");

    assertThat(answer.at("/idList")).isEqualTo(LIST);
  }

  @Test
  void shouldClearFieldsThatAreNull() {
    Answer answer = trello("PUT", "/1/cards/" + CARD, "{\"due\":null,\"idLabels\":null}");

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void shouldTakeFieldsFromQuery() {
    Answer answer = trello("PUT", "/1/cards/" + CARD + "?closed=true&name=Done", null);

    assertThat(answer.at("/name")).isEqualTo("Done");
    assertThat(answer.json().path("closed").asBoolean()).isTrue();
  }

  @Test
  void shouldSayWhoIsCalling() {
    assertThat(trello("GET", "/1/members/me", null).at("/username")).isEqualTo("simulated");
  }

  @Test
  void shouldAcceptAndCountCredentialsInUrl() {
    long before = simulator.stats().service(EmulatedService.TRELLO).urlCredentials();

    Answer answer = client.send("GET", "/trello/1/members/me?key=k&token=t", null);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(simulator.stats().service(EmulatedService.TRELLO).urlCredentials())
        .isEqualTo(before + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "'',token,401,invalid key",
    "key,'',401,unauthorized permission requested",
    "key,invalid,401,invalid token",
    "key,forbidden,403,unauthorized card permission requested"
  })
  void shouldRefuseWrongCredentialsInPlainText(
      String key, String token, int status, String message) {
    String header = "OAuth oauth_consumer_key=\"" + key + "\", oauth_token=\"" + token + "\"";

    Answer answer = client.send("GET", "/trello/1/members/me", null, "Authorization", header);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|400|invalid value for idList",
        "{\"idList\":\"todo\"}|400|invalid value for idList",
        "{\"idList\":\"missing\"}|404|could not find the list",
        "{|400|Error parsing body",
        "{\"idList\":\"5abbe4b7ddc1b351ef961414\",\"due\":\"soon\"}|400|invalid value for due",
        "{\"idList\":\"5abbe4b7ddc1b351ef961414\",\"idLabels\":[\"red\"]}|400"
            + "|{\"message\":\"Invalid objectId\",\"error\":\"ERROR\"}"
      })
  void shouldRefuseWrongCard(String body, int status, String message) {
    Answer answer = trello("POST", "/1/cards", body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({"missing,404,The requested resource was not found.", "my-card,400,invalid id"})
  void shouldRefuseUnknownOrMalformedCardId(String id, int status, String message) {
    Answer answer = trello("PUT", "/1/cards/" + id, "{}");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo(message);
  }

  private static Answer trello(String method, String path, String body) {
    return client.send(
        method,
        "/trello" + path,
        body,
        "Authorization",
        CREDENTIALS,
        "Content-Type",
        "application/json");
  }
}
