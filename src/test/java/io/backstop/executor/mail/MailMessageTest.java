package io.backstop.executor.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backstop.action.MessagePayload;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class MailMessageTest {

  private static MessagePayload.Builder mail() {
    return MessagePayload.newBuilder()
        .setRecipients(List.of("ada@example.com"))
        .setSubject("Invoice 7")
        .setText("It is paid.");
  }

  private static MimeMessage read(MessagePayload payload, String key) throws Exception {
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(MailMessage.unsent(payload, key)));
  }

  @Test
  void shouldWritePlainText() throws Exception {
    MimeMessage message = read(mail().build(), "key-1");

    assertThat(message.getSubject()).isEqualTo("Invoice 7");
    assertThat(message.getContent()).isEqualTo("It is paid.");
    assertThat(message.getContentType()).isEqualTo("text/plain; charset=UTF-8");
    assertThat(message.getRecipients(RecipientType.TO))
        .containsExactly(new InternetAddress("ada@example.com"));
    assertThat(message.getRecipients(RecipientType.CC)).isNull();
    assertThat(message.getRecipients(RecipientType.BCC)).isNull();
  }

  @Test
  void shouldKeepCopiesAndBlindCopies() throws Exception {
    MimeMessage message =
        read(
            mail()
                .setCc(List.of("b@example.com", "c@example.com"))
                .setBcc(List.of("d@x.y"))
                .build(),
            "key-1");

    assertThat(message.getRecipients(RecipientType.CC)).hasSize(2);
    assertThat(message.getRecipients(RecipientType.BCC))
        .containsExactly(new InternetAddress("d@x.y"));
  }

  @Test
  void shouldOfferTextBeforeHtml() throws Exception {
    MimeMessage message = read(mail().setHtml("<b>It is paid – now.</b>").build(), "key-1");

    MimeMultipart parts = (MimeMultipart) message.getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(parts.getCount()).isEqualTo(2);
    assertThat(parts.getBodyPart(0).isMimeType("text/plain")).isTrue();
    assertThat(parts.getBodyPart(0).getContent()).isEqualTo("It is paid.");
    assertThat(parts.getBodyPart(1).isMimeType("text/html")).isTrue();
    assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<b>It is paid – now.</b>");
  }

  @Test
  void shouldKeepLettersBeyondAscii() throws Exception {
    MessagePayload payload =
        mail()
            .setRecipients(List.of("Józef Ż. <jozef@example.com>"))
            .setSubject("Rechnung für März – 請求書")
            .setText("Grüße, 日本")
            .build();

    byte[] bytes = MailMessage.unsent(payload, "key-1");

    assertThat(
            StandardCharsets.US_ASCII
                .newEncoder()
                .canEncode(new String(bytes, StandardCharsets.UTF_8)))
        .isTrue();
    MimeMessage message = read(payload, "key-1");
    assertThat(message.getSubject()).isEqualTo("Rechnung für März – 請求書");
    assertThat(message.getContent()).isEqualTo("Grüße, 日本");
    assertThat(((InternetAddress) message.getAllRecipients()[0]).getPersonal())
        .isEqualTo("Józef Ż.");
  }

  @Test
  void shouldDeriveMessageIdFromIdempotencyKey() throws Exception {
    String first = read(mail().build(), "key-1").getMessageID();
    String repeat = read(mail().build(), "key-1").getMessageID();
    String other = read(mail().build(), "key-2").getMessageID();

    assertThat(first).matches("<[0-9a-f]{64}@backstop>").isEqualTo(repeat).isNotEqualTo(other);
  }

  @Test
  void shouldRefuseSubjectThatWouldAddHeader() {
    MessagePayload payload = mail().setSubject("Hi\r\nBcc: eve@example.com").build();

    assertThatThrownBy(() -> MailMessage.unsent(payload, "key-1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldRefuseAddressThatWouldAddHeader() {
    MessagePayload payload =
        mail().setRecipients(List.of("\"a\r\nBcc: eve@example.com\" <a@example.com>")).build();

    assertThatThrownBy(() -> MailMessage.unsent(payload, "key-1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
