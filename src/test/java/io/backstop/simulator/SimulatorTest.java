package io.backstop.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backstop.config.StartupException;
import io.backstop.simulator.SimulatorClient.Answer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatorTest {
  private static final String[] HEADERS = {
    "Authorization", "Bearer t", "Notion-Version", "2022-06-28", "Idempotency-Key", "key-1"
  };
  private static final String PAGE =
      "{\"parent\":{\"workspace\":true},\"properties\":{\"Name\":{\"title\":[]}}}";

  private Simulator simulator;
  private SimulatorClient client;

  @BeforeEach
  void start() {
    simulator = Simulator.start(SimulatorOptions.ephemeral());
    client = new SimulatorClient(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void shouldCountCallsKeysAndRepeatedEffects() {
    client.send("POST", "/notion/v1/pages", PAGE, HEADERS);
    client.send("POST", "/notion/v1/pages", PAGE, HEADERS);
    client.send("POST", "/notion/v1/pages", "{}", "Authorization", "Bearer t");

    SimulatorStats.Service notion = simulator.stats().service(EmulatedService.NOTION);

    assertThat(notion.calls()).isEqualTo(3);
    assertThat(notion.keys()).isEqualTo(new SimulatorStats.Keys(1, 1, 1));
    assertThat(notion.effects()).isEqualTo(new SimulatorStats.Effects(2, 1));
    assertThat(notion.endpoints())
        .containsEntry("createPage", new SimulatorStats.Endpoint(3, Map.of("200", 2L, "400", 1L)));
  }

  @Test
  void shouldServeStatsAsJsonAndResetThem() {
    client.send("POST", "/notion/v1/pages", PAGE, HEADERS);

    Answer shown = client.send("GET", "/stats", null);
    int reset = client.send("DELETE", "/stats", null).status();

    assertThat(shown.at("/calls")).isEqualTo("1");
    assertThat(shown.at("/services/notion/endpoints/createPage/answers/200")).isEqualTo("1");
    assertThat(shown.at("/services/notion/keys/distinct")).isEqualTo("1");
    assertThat(reset).isEqualTo(204);
    assertThat(simulator.stats().calls()).isZero();
  }

  @Test
  void shouldTakeKeyFromTheServicesOwnMechanism() {
    String body = "{\"channel\":\"C123\",\"text\":\"t\",\"client_msg_id\":\"id-1\"}";
    String[] headers = {"Authorization", "Bearer t", "Content-Type", "application/json"};

    client.send("POST", "/slack/api/chat.postMessage", body, headers);
    client.send("POST", "/slack/api/chat.postMessage", body, headers);

    assertThat(simulator.stats().service(EmulatedService.SLACK).keys())
        .isEqualTo(new SimulatorStats.Keys(1, 1, 0));
  }

  @Test
  void shouldNotCountKeysOfLookups() {
    client.send("GET", "/notion/v1/users/me", null, HEADERS);

    assertThat(simulator.stats().service(EmulatedService.NOTION).keys())
        .isEqualTo(new SimulatorStats.Keys(0, 0, 0));
  }

  @Test
  void shouldForgetUploadedFilesWithTheStats() {
    String[] headers = {"Authorization", "Bearer t", "Content-Type", "application/json"};
    String generate = "/drive/drive/v3/files/generateIds?count=1";
    String id = client.send("GET", generate, null, headers).at("/ids/0");
    client.send("POST", "/drive/drive/v3/files", "{\"id\":\"" + id + "\"}", headers);

    simulator.resetStats();
    String again = client.send("GET", generate, null, headers).at("/ids/0");
    Answer answer =
        client.send("POST", "/drive/drive/v3/files", "{\"id\":\"" + again + "\"}", headers);

    assertThat(again).isEqualTo(id);
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void shouldListenOnLoopbackOnly() {
    assertThat(simulator.baseUri(EmulatedService.TRELLO))
        .hasToString("http://127.0.0.1:" + simulator.port() + "/trello");
  }

  @Test
  void shouldSayInOneLineThatThePortIsInUse() {
    SimulatorOptions samePort = new SimulatorOptions(simulator.port(), 1, Map.of());

    assertThatThrownBy(() -> Simulator.start(samePort))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("127.0.0.1:" + simulator.port())
        .hasMessageContaining("--port")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void shouldFreeThePortWhenClosed() {
    int port = simulator.port();
    simulator.close();

    Simulator next = Simulator.start(new SimulatorOptions(port, 1, Map.of()));

    assertThat(next.port()).isEqualTo(port);
    next.close();
  }

  @Test
  void shouldExplainItselfAtAnUnknownAddress() {
    Answer answer = client.send("GET", "/jira/rest", null);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.at("/error")).contains("/stats").contains("/faults");
  }

  @Test
  void shouldRefuseBodyThatIsTooLarge() {
    String body = "x".repeat(BodyCollector.MAX_BYTES + 1);

    assertThat(client.send("POST", "/notion/v1/pages", body, HEADERS).status()).isEqualTo(413);
  }
}
