package io.backstop.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.simulator.SimulatorClient.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleEndpointsTest {
  private static final String VALUES = "/sheets/v4/spreadsheets/book-1/values/";

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
  void shouldUploadUnderGeneratedIdOnce() {
    String id = generatedId();

    Answer first = upload("{\"id\":\"" + id + "\",\"name\":\"a.txt\"}", "--cut--");
    Answer second = upload("{\"id\":\"" + id + "\",\"name\":\"a.txt\"}", "--cut--");

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.at("/id")).isEqualTo(id);
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.at("/error/message"))
        .isEqualTo("A file already exists with the provided ID.");
  }

  @Test
  void shouldRefuseIdThatWasNeverGenerated() {
    Answer answer = upload("{\"id\":\"1AbCdEfGhIjKlMnOpQrStUvWxYz012345\"}", "--cut--");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/error/message")).isEqualTo("The provided file ID is not usable.");
  }

  @Test
  void shouldRefuseUploadWithoutEndBoundary() {
    assertThat(upload("{}", "--cut").at("/error/message"))
        .isEqualTo("Missing end boundary in multipart body.");
  }

  @Test
  void shouldCreateFolder() {
    Answer answer =
        google(
            "POST",
            "/drive/drive/v3/files",
            "{\"name\":\"Reports\",\"mimeType\":\"application/vnd.google-apps.folder\"}");

    assertThat(answer.at("/mimeType")).isEqualTo("application/vnd.google-apps.folder");
    assertThat(DriveId.isGenerated(answer.at("/id"))).isTrue();
  }

  @Test
  void shouldFindFileByItsProperty() {
    Answer made =
        google(
            "POST",
            "/drive/drive/v3/files",
            "{\"name\":\"Found\",\"appProperties\":{\"key\":\"value-1\"}}");

    assertThat(search("value-1").at("/files/0/id")).isEqualTo(made.at("/id"));
    assertThat(search("value-2").json().path("files")).isEmpty();
  }

  @Test
  void shouldRefuseSearchThatItDoesNotUnderstand() {
    Answer answer = google("GET", "/drive/drive/v3/files?q=nonsense", null);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/error/errors/0/reason")).isEqualTo("invalid");
  }

  private static Answer search(String value) {
    String query = "appProperties has { key='key' and value='" + value + "' } and trashed = false";
    return google(
        "GET", "/drive/drive/v3/files?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8), null);
  }

  @Test
  void shouldNotFindMissingParentFolder() {
    Answer answer = google("POST", "/drive/drive/v3/files", "{\"parents\":[\"missing-1\"]}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.at("/error/errors/0/reason")).isEqualTo("notFound");
  }

  @Test
  void shouldUpdateRange() {
    Answer answer =
        google("PUT", VALUES + "Orders%21A1%3AB2?valueInputOption=RAW", "{\"values\":[[1,\"a\"]]}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/updatedRange")).isEqualTo("Orders!A1:B2");
    assertThat(answer.at("/updatedCells")).isEqualTo("2");
  }

  @Test
  void shouldAppendRows() {
    Answer answer =
        google(
            "POST",
            VALUES + "Orders!A1:append?valueInputOption=USER_ENTERED",
            "{\"values\":[[1],[2]]}");

    assertThat(answer.at("/updates/updatedRows")).isEqualTo("2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A1|{}|400|'valueInputOption' is required but not specified",
        "A1?valueInputOption=OK|{}|400|Invalid value at 'value_input_option': \"OK\"",
        "A1?valueInputOption=RAW|{|400|Invalid JSON payload received. Unexpected token.",
        "A1?valueInputOption=RAW|{\"values\":[1]}|400"
            + "|Invalid value at 'data.values[0]' (type ListValue)",
        "no*range?valueInputOption=RAW|{}|400|Unable to parse range: no*range"
      })
  void shouldRefuseWrongSheetCall(String range, String body, int status, String message) {
    Answer answer = google("PUT", VALUES + range.replace("*", "%2A"), body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.at("/error/message")).isEqualTo(message);
  }

  @Test
  void shouldNotFindMissingSpreadsheet() {
    Answer answer =
        google("PUT", "/sheets/v4/spreadsheets/missing/values/A1?valueInputOption=RAW", "{}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.at("/error/status")).isEqualTo("NOT_FOUND");
  }

  @Test
  void shouldSendMail() {
    Answer answer = sendMail("To: a@example.com\r\nMessage-ID: <1@x>\r\n\r\nHello");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/labelIds/0")).isEqualTo("SENT");
  }

  @Test
  void shouldRefuseMailWithoutRecipient() {
    assertThat(sendMail("Subject: none\r\n\r\nTo: a@example.com").at("/error/message"))
        .isEqualTo("Recipient address required");
  }

  @Test
  void shouldRefuseMailWithWrongRecipient() {
    assertThat(sendMail("To: nobody\r\n\r\nHello").at("/error/message"))
        .isEqualTo("Invalid To header");
  }

  @Test
  void shouldRefuseMailThatIsNotBase64Url() {
    Answer answer = google("POST", "/gmail/gmail/v1/users/me/messages/send", "{\"raw\":\"a+/b\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/error/message")).contains("Base64 decoding failed");
  }

  @Test
  void shouldSearchMail() {
    Answer answer = google("GET", "/gmail/gmail/v1/users/me/messages?q=invoice&maxResults=2", null);

    assertThat(answer.json().path("messages")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"/gmail/gmail/v1/users/me/profile", "/drive/drive/v3/about?fields=user"})
  void shouldSayWhoIsCalling(String path) {
    assertThat(google("GET", path, null).text()).contains("simulated@example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer invalid,401,UNAUTHENTICATED",
    "Bearer forbidden,403,PERMISSION_DENIED",
    "Basic abc,401,UNAUTHENTICATED"
  })
  void shouldRefuseWrongToken(String header, int status, String word) {
    Answer answer =
        client.send("GET", "/gmail/gmail/v1/users/me/profile", null, "Authorization", header);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.at("/error/status")).isEqualTo(word);
    assertThat(answer.at("/error/code")).isEqualTo(Integer.toString(status));
  }

  @Test
  void shouldGiveTokenForRefreshToken() {
    Answer answer = token("grant_type=refresh_token&client_id=c&client_secret=s&refresh_token=r");

    assertThat(answer.at("/access_token")).startsWith("ya29.");
    assertThat(answer.at("/token_type")).isEqualTo("Bearer");
  }

  @ParameterizedTest
  @CsvSource({
    "grant_type=password,unsupported_grant_type",
    "grant_type=refresh_token&client_id=c&client_secret=s&refresh_token=invalid,invalid_grant",
    "grant_type=refresh_token&client_id=c&refresh_token=r,invalid_client",
    "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=a.b,invalid_grant"
  })
  void shouldRefuseWrongGrant(String form, String error) {
    assertThat(token(form).at("/error")).isEqualTo(error);
  }

  private static Answer token(String form) {
    return client.send(
        "POST", "/oauth2/token", form, "Content-Type", "application/x-www-form-urlencoded");
  }

  private static String generatedId() {
    return google("GET", "/drive/drive/v3/files/generateIds?count=1", null).at("/ids/0");
  }

  private static Answer upload(String metadata, String end) {
    String body =
        "--cut\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n"
            + metadata
            + "\r\n--cut\r\nContent-Type: text/plain\r\n\r\ncontent\r\n"
            + end;
    return client.send(
        "POST",
        "/drive/upload/drive/v3/files?uploadType=multipart",
        body,
        "Authorization",
        "Bearer t",
        "Content-Type",
        "multipart/related; boundary=cut");
  }

  private static Answer sendMail(String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    String raw = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return google("POST", "/gmail/gmail/v1/users/me/messages/send", "{\"raw\":\"" + raw + "\"}");
  }

  private static Answer google(String method, String path, String body) {
    return client.send(
        method, path, body, "Authorization", "Bearer t", "Content-Type", "application/json");
  }
}
