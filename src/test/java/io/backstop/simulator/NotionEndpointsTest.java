package io.backstop.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.simulator.SimulatorClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotionEndpointsTest {
  private static final String DATABASE = "d9824bdc-8445-4327-be8b-5b47500af6ce";
  private static final String PAGE =
      "{\"parent\":{\"database_id\":\""
          + DATABASE
          + "\"},\"properties\":{\"Name\":{\"title\":[]}}}";

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
  void shouldCreatePage() {
    Answer answer = notion("POST", "/v1/pages", PAGE);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/object")).isEqualTo("page");
    assertThat(Ids.isUuid(answer.at("/id"))).isTrue();
  }

  @Test
  void shouldUpdatePage() {
    Answer answer = notion("PATCH", "/v1/pages/" + DATABASE, "{\"archived\":true}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("archived").asBoolean()).isTrue();
  }

  @Test
  void shouldQueryDatabaseUnderOldVersionOnly() {
    String body = "{\"page_size\":2}";

    Answer old = notion("POST", "/v1/databases/" + DATABASE + "/query", body);
    Answer tooOld = notion("POST", "/v1/data_sources/" + DATABASE + "/query", body);

    assertThat(old.json().path("results")).hasSize(2);
    assertThat(tooOld.at("/code")).isEqualTo("invalid_request_url");
  }

  @Test
  void shouldQueryDataSourceUnderNewVersionOnly() {
    String[] headers = {"Authorization", "Bearer t", "Notion-Version", "2025-09-03"};

    Answer current =
        client.send("POST", "/notion/v1/data_sources/" + DATABASE + "/query", "{}", headers);
    Answer gone = client.send("POST", "/notion/v1/databases/" + DATABASE + "/query", "{}", headers);

    assertThat(current.at("/object")).isEqualTo("list");
    assertThat(gone.at("/code")).isEqualTo("invalid_request_url");
  }

  @Test
  void shouldSayWhoIsCalling() {
    assertThat(notion("GET", "/v1/users/me", null).at("/type")).isEqualTo("bot");
  }

  @Test
  void shouldRefuseCallWithoutVersion() {
    Answer answer = client.send("POST", "/notion/v1/pages", PAGE, "Authorization", "Bearer t");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/code")).isEqualTo("missing_version");
  }

  @ParameterizedTest
  @CsvSource({"Bearer invalid,401,unauthorized", "Bearer forbidden,403,restricted_resource"})
  void shouldRefuseWrongToken(String token, int status, String code) {
    Answer answer =
        client.send(
            "GET",
            "/notion/v1/users/me",
            null,
            "Authorization",
            token,
            "Notion-Version",
            "2022-06-28");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.at("/code")).isEqualTo(code);
  }

  @Test
  void shouldRefuseCallWithoutToken() {
    assertThat(client.send("GET", "/notion/v1/users/me", null).status()).isEqualTo(401);
  }

  @Test
  void shouldRefuseBodyThatIsNotJson() {
    assertThat(notion("POST", "/v1/pages", "{").at("/code")).isEqualTo("invalid_json");
  }

  @Test
  void shouldNameMissingParent() {
    Answer answer = notion("POST", "/v1/pages", "{\"properties\":{}}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/message"))
        .isEqualTo(
            "body failed validation: body.parent should be defined, instead was `undefined`.");
  }

  @Test
  void shouldRefuseUnknownField() {
    Answer answer = notion("PATCH", "/v1/pages/" + DATABASE, "{\"titel\":1}");

    assertThat(answer.at("/message")).contains("body.titel should be not present");
  }

  @Test
  void shouldRefuseTextThatIsTooLong() {
    String block =
        "{\"paragraph\":{\"rich_text\":[{\"text\":{\"content\":\"" + "x".repeat(2001) + "\"}}]}}";

    Answer answer =
        notion("POST", "/v1/pages", PAGE.replaceFirst("\\{", "{\"children\":[" + block + "],"));

    assertThat(answer.at("/message"))
        .contains("body.children[0].paragraph.rich_text[0].text.content.length should be ≤ `2000`");
  }

  @ParameterizedTest
  @CsvSource({
    "page-missing,404,object_not_found",
    "00000000-0000-4000-8000-000000000000,404,object_not_found",
    "page-1,400,validation_error"
  })
  void shouldRefuseUnknownOrMalformedPageId(String id, int status, String code) {
    Answer answer = notion("PATCH", "/v1/pages/" + id, "{}");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.at("/code")).isEqualTo(code);
  }

  private static Answer notion(String method, String path, String body) {
    return client.send(
        method,
        "/notion" + path,
        body,
        "Authorization",
        "Bearer t",
        "Notion-Version",
        "2022-06-28",
        "Content-Type",
        "application/json");
  }
}
