package io.backstop.executor.google;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.backstop.action.MessagePayload;
import io.backstop.action.Outcome;
import io.backstop.action.QueryPayload;
import io.backstop.executor.Fingerprint;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GmailTest {
  @RegisterExtension static final GoogleStub GMAIL = new GoogleStub();

  private final GmailSend send = new GmailSend();
  private final GmailSearch search = new GmailSearch();

  private static MessagePayload.Builder mail() {
    return MessagePayload.newBuilder()
        .setRecipients(List.of("ada@example.com"))
        .setSubject("Rechnung für März")
        .setText("It is paid.")
        .setHtml("<p>It is paid.</p>");
  }

  @Test
  void shouldSendAMessageIntoItsThread() throws Exception {
    GMAIL.stubFor(any(anyUrl()).willReturn(okJson("{\"id\":\"m-1\",\"threadId\":\"t-1\"}")));

    Outcome outcome = GMAIL.execute(send, mail().setThreadId("t-1").build());

    assertThat(outcome)
        .isEqualTo(
            new Outcome.Succeeded("{\"id\":\"m-1\",\"threadId\":\"t-1\"}", OptionalInt.of(200)));
    LoggedRequest sent = GMAIL.received().get(0);
    assertThat(sent.getMethod().getName()).isEqualTo("POST");
    assertThat(sent.getUrl()).isEqualTo("/gmail/gmail/v1/users/me/messages/send");
    assertThat(sent.getHeader("Authorization")).isEqualTo("Bearer ya29.test");
    assertThat(sent.getHeader("Content-Type")).startsWith("application/json");
    assertThat(sent.getHeader("Idempotency-Key")).isEqualTo(GoogleStub.KEY);
    assertThat(sent.getHeader("traceparent")).isEqualTo(GoogleStub.TRACE);
    JsonNode body = GoogleStub.json(sent.getBodyAsString());
    assertThat(body.fieldNames()).toIterable().containsExactlyInAnyOrder("raw", "threadId");
    assertThat(body.path("threadId").asText()).isEqualTo("t-1");
    MimeMessage message =
        new MimeMessage(
            Session.getInstance(new Properties()),
            new ByteArrayInputStream(Base64.getUrlDecoder().decode(body.path("raw").asText())));
    assertThat(message.getSubject()).isEqualTo("Rechnung für März");
    assertThat(message.getMessageID())
        .isEqualTo("<" + Fingerprint.of(GoogleStub.KEY) + "@backstop>");
    assertThat(message.getAllRecipients()).hasSize(1);
  }

  @Test
  void shouldSearchTheNextPage() {
    GMAIL.stubFor(any(anyUrl()).willReturn(okJson("{\"messages\":[],\"resultSizeEstimate\":0}")));

    Outcome outcome =
        GMAIL.execute(
            search,
            QueryPayload.newBuilder()
                .setQuery("from:ada has:attachment & newer_than:2d")
                .setLimit(7)
                .setCursor("page+2")
                .build());

    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    LoggedRequest sent = GMAIL.received().get(0);
    assertThat(sent.getMethod().getName()).isEqualTo("GET");
    assertThat(sent.getUrl())
        .isEqualTo(
            "/gmail/gmail/v1/users/me/messages?q=from%3Aada%20has%3Aattachment%20%26%20"
                + "newer_than%3A2d&maxResults=7&pageToken=page%2B2");
    assertThat(sent.getHeader("Authorization")).isEqualTo("Bearer ya29.test");
    assertThat(sent.getHeader("Idempotency-Key")).isEqualTo(GoogleStub.KEY);
  }

  @Test
  void shouldAcceptACompleteMail() {
    assertThat(GoogleStub.problems(send, mail().setCc(List.of("B <b@example.com>")).build()))
        .isEmpty();
  }

  @Test
  void shouldNameMissingFieldsOfAMail() {
    assertThat(GoogleStub.problems(send, MessagePayload.newBuilder().build()))
        .satisfiesExactly(
            recipients -> assertThat(recipients).startsWith("payload.recipients is missing"),
            subject -> assertThat(subject).startsWith("payload.subject is missing"),
            text -> assertThat(text).startsWith("payload.text is missing"));
  }

  @Test
  void shouldRefuseWhatWouldForgeAHeader() {
    MessagePayload payload =
        mail().setSubject("Hi\r\nBcc: eve@example.com").setBcc(List.of("a@x.y\nCc: b@x.y")).build();

    assertThat(GoogleStub.problems(send, payload))
        .satisfiesExactly(
            subject -> assertThat(subject).startsWith("payload.subject holds a line break"),
            bcc -> assertThat(bcc).startsWith("payload.bcc[0] is not one e-mail address"));
  }

  @Test
  void shouldNameTheRecipientThatIsNoAddress() {
    MessagePayload payload =
        mail().setRecipients(List.of("ada@example.com", "ada", "a@x.y, b@x.y")).build();

    assertThat(GoogleStub.problems(send, payload))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("payload.recipients[1] is not one"),
            second -> assertThat(second).startsWith("payload.recipients[2] is not one"));
  }

  @Test
  void shouldNameWhatIsWrongWithASearch() {
    assertThat(GoogleStub.problems(search, QueryPayload.newBuilder().setLimit(0).build()))
        .satisfiesExactly(
            query -> assertThat(query).startsWith("payload.query is missing"),
            limit -> assertThat(limit).startsWith("payload.limit is 0"));
  }
}
