package io.backstop.executor.google;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.backstop.action.Outcome;
import io.backstop.action.TablePayload;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SheetsTest {
  private static final String ANSWER = "{\"spreadsheetId\":\"sheet_1\",\"updatedRows\":2}";

  @RegisterExtension static final GoogleStub SHEETS = new GoogleStub();

  private final SheetsUpdate update = new SheetsUpdate();
  private final SheetsAppend append = new SheetsAppend();

  private static TablePayload.Builder table() {
    return TablePayload.newBuilder()
        .setDocument("sheet_1")
        .setRange("'März 1/2'!A1:D")
        .setRows(List.of(Arrays.asList("Grün", 7L, 2.5, true), Arrays.asList(null, "=A1")));
  }

  @Test
  void shouldUpdateARangeWithValuesAsTheyAre() {
    SHEETS.stubFor(any(anyUrl()).willReturn(okJson(ANSWER)));

    Outcome outcome = SHEETS.execute(update, table().build());

    assertThat(outcome).isEqualTo(new Outcome.Succeeded(ANSWER, OptionalInt.of(200)));
    LoggedRequest sent = SHEETS.received().get(0);
    assertThat(sent.getMethod().getName()).isEqualTo("PUT");
    assertThat(sent.getUrl())
        .isEqualTo(
            "/sheets/v4/spreadsheets/sheet_1/values/%27M%C3%A4rz%201%2F2%27%21A1%3AD"
                + "?valueInputOption=RAW");
    assertThat(sent.getHeader("Authorization")).isEqualTo("Bearer ya29.test");
    assertThat(sent.getHeader("Content-Type")).startsWith("application/json");
    assertThat(sent.getHeader("Idempotency-Key")).isEqualTo(GoogleStub.KEY);
    assertThat(sent.getHeader("traceparent")).isEqualTo(GoogleStub.TRACE);
    assertThat(GoogleStub.json(sent.getBodyAsString()))
        .isEqualTo(
            GoogleStub.json(
                """
                {"range":"'März 1/2'!A1:D","majorDimension":"ROWS",
                 "values":[["Grün",7,2.5,true],[null,"=A1"]]}"""));
  }

  @Test
  void shouldAppendRowsAsIfAPersonTypedThem() {
    SHEETS.stubFor(any(anyUrl()).willReturn(okJson(ANSWER)));

    Outcome outcome =
        SHEETS.execute(append, table().setRange("Orders!A:D").setParseInput(true).build());

    assertThat(outcome).isEqualTo(new Outcome.Succeeded(ANSWER, OptionalInt.of(200)));
    LoggedRequest sent = SHEETS.received().get(0);
    assertThat(sent.getMethod().getName()).isEqualTo("POST");
    assertThat(sent.getUrl())
        .isEqualTo(
            "/sheets/v4/spreadsheets/sheet_1/values/Orders%21A%3AD:append"
                + "?insertDataOption=INSERT_ROWS&valueInputOption=USER_ENTERED");
    assertThat(GoogleStub.json(sent.getBodyAsString()).path("range").asText())
        .isEqualTo("Orders!A:D");
  }

  @Test
  void shouldAcceptACompleteTable() {
    assertThat(GoogleStub.problems(update, table().build())).isEmpty();
    assertThat(GoogleStub.problems(append, table().build())).isEmpty();
  }

  @Test
  void shouldNameMissingFields() {
    assertThat(GoogleStub.problems(append, TablePayload.newBuilder().build()))
        .satisfiesExactly(
            document -> assertThat(document).startsWith("payload.document is missing"),
            range -> assertThat(range).startsWith("payload.range is missing"),
            rows -> assertThat(rows).startsWith("payload.rows is missing"));
  }

  @Test
  void shouldNameTheCellThatJsonCannotWrite() {
    TablePayload payload = table().setRows(List.of(List.of("x"), List.of("y", Double.NaN))).build();

    assertThat(GoogleStub.problems(update, payload))
        .singleElement()
        .asString()
        .startsWith("payload.rows[1][1] is not a finite number");
  }

  @Test
  void shouldRefuseADocumentThatIsNoId() {
    assertThat(GoogleStub.problems(update, table().setDocument("../files").build()))
        .singleElement()
        .asString()
        .startsWith("payload.document is not an id");
  }
}
