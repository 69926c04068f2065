package io.backstop.executor.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.backstop.action.FailureClass;
import io.backstop.action.MessagePayload;
import io.backstop.action.Outcome;
import io.backstop.executor.Fingerprint;
import io.backstop.executor.PrimaryFailure;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mails as they arrive in the mailboxes of a mail server. */
class EmailNotificationTest {
  private static GreenMail server;
  private static TestCertificate certificate;
  private MailTo mail;

  @BeforeAll
  static void start() throws Exception {
    certificate = TestCertificate.of("ip:127.0.0.1");
    System.setProperty("greenmail.tls.keystore.file", certificate.file().toString());
    System.setProperty("greenmail.tls.keystore.password", TestCertificate.PASSWORD);
    System.setProperty("greenmail.tls.key.password", TestCertificate.PASSWORD);
    ServerSetup[] setups = {
      new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
      new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
    };
    for (ServerSetup each : setups) {
      each.setServerStartupTimeout(30_000);
    }
    server = new GreenMail(setups);
    server.start();
    server.setUser("backstop@example.com", "backstop", "hidden");
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @BeforeEach
  void empty() throws Exception {
    server.purgeEmailFromAllMailboxes();
    mail = MailTo.at("smtp://127.0.0.1:" + server.getSmtp().getPort());
  }

  private static MimeMessage received() {
    assertThat(server.getReceivedMessages()).hasSize(1);
    return server.getReceivedMessages()[0];
  }

  @Test
  void shouldDeliverAMail() throws Exception {
    Outcome outcome = mail.send(MailTo.mail().build());

    String messageId = "<" + Fingerprint.of(MailTo.KEY) + "@backstop>";
    assertThat(((Outcome.Succeeded) outcome).response())
        .isEqualTo("{\"messageId\":\"" + messageId + "\",\"reply\":\"250 OK\"}");
    assertThat(received().getSubject()).isEqualTo("Invoice 7");
    assertThat(received().getContent().toString().strip()).isEqualTo("It is paid.");
    assertThat(received().getMessageID()).isEqualTo(messageId);
    assertThat(received().getFrom())
        .containsExactly(new InternetAddress("Backstop <backstop@example.com>"));
    assertThat(received().getSentDate()).isNotNull();
    assertThat(received().getHeader("Auto-Submitted")).containsExactly("auto-generated");
  }

  @Test
  void shouldGiveARepeatTheSameMessageId() throws Exception {
    mail.send(MailTo.mail().build());
    mail.send(MailTo.mail().build());

    assertThat(
            Arrays.stream(server.getReceivedMessages()).map(EmailNotificationTest::id).distinct())
        .hasSize(1);
  }

  private static String id(MimeMessage message) {
    try {
      return message.getMessageID();
    } catch (jakarta.mail.MessagingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldKeepLettersBeyondAsciiAndOfferHtml() throws Exception {
    mail.send(
        MailTo.mail()
            .setSubject("Rechnung für März – 請求書")
            .setText("Grüße,\n.\n日本")
            .setHtml("<p>Grüße</p>")
            .build());

    MimeMultipart parts = (MimeMultipart) received().getContent();
    assertThat(received().getSubject()).isEqualTo("Rechnung für März – 請求書");
    assertThat(parts.getBodyPart(0).getContent()).isEqualTo("Grüße,\n.\n日本");
    assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<p>Grüße</p>");
  }

  @Test
  void shouldReachEveryRecipientAndHideBlindCopies() throws Exception {
    mail.send(
        MailTo.mail()
            .setRecipients(List.of("ada@example.com", "Bob <bob@example.com>"))
            .setCc(List.of("carol@example.com"))
            .setBcc(List.of("dave@example.com"))
            .build());

    MimeMessage[] copies = server.getReceivedMessages();
    assertThat(copies).hasSize(4);
    for (MimeMessage copy : copies) {
      assertThat(copy.getHeader("Bcc")).isNull();
      assertThat(copy.getHeader("To", ",")).contains("ada@example.com", "bob@example.com");
    }
    assertThat(
            server.findReceivedMessages(
                user -> user.getEmail().equals("dave@example.com"), message -> true))
        .hasSize(1);
  }

  @Test
  void shouldSayWhatItStandsInFor() throws Exception {
    MessagePayload slack = MailTo.mail().setRecipients(List.of("C123")).setSubject(null).build();
    PrimaryFailure failure =
        new PrimaryFailure(
            MailTo.request("slack:postMessage", slack), "HTTP 503:\r\nBcc: <eve@example.com>");

    mail.sendInPlaceOf(
        failure,
        MailTo.mail()
            .setSubject(null)
            .setText("Order 7 is late.\nPlease look.")
            .setHtml("<html><body class=x>Order 7</body></html>")
            .build());

    MimeMultipart parts = (MimeMultipart) received().getContent();
    assertThat(received().getSubject())
        .isEqualTo("In place of slack:postMessage: Order 7 is late.");
    assertThat((String) parts.getBodyPart(0).getContent())
        .startsWith(
            "This e-mail stands in for slack:postMessage (request r-1), which failed: HTTP 503: Bcc:"
                + " <eve@example.com>")
        .endsWith("Order 7 is late.\r\nPlease look.");
    assertThat((String) parts.getBodyPart(1).getContent())
        .startsWith("<html><body class=x><p><em>This e-mail stands in for slack:postMessage")
        .contains("&lt;eve@example.com&gt;")
        .endsWith("Order 7</body></html>");
  }

  @Test
  void shouldTakeTheFirstLineForASubjectThatIsMissing() throws Exception {
    mail.send(MailTo.mail().setSubject(" ").setText("\nOrder 7\tis late.\nPlease look.").build());

    assertThat(received().getSubject()).isEqualTo("Order 7 is late.");
  }

  @Test
  void shouldSignIn() throws Exception {
    Outcome outcome =
        mail.with("username", "backstop").with("password", "hidden").send(MailTo.mail().build());

    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void shouldSayThatTheSignInIsRefused() throws Exception {
    Outcome outcome =
        mail.with("username", "backstop").with("password", "wrong").send(MailTo.mail().build());

    assertThat(outcome)
        .isInstanceOf(Outcome.Permanent.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.AUTHENTICATION);
    assertThat(((Outcome.Permanent) outcome).message()).startsWith("535").doesNotContain("wrong");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void shouldSpeakTlsFromTheStart() throws Exception {
    MailTo secure =
        mail.with("base-url", "smtps://127.0.0.1:" + server.getSmtps().getPort())
            .withOptions(
                Map.of(
                    "trust-store",
                    certificate.file().toString(),
                    "trust-store-password",
                    TestCertificate.PASSWORD));

    Outcome outcome = secure.send(MailTo.mail().build());

    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(received().getSubject()).isEqualTo("Invoice 7");
  }

  @Test
  void shouldNotTalkToAServerThatNobodyVouchesFor() throws Exception {
    Outcome outcome =
        mail.with("base-url", "smtps://127.0.0.1:" + server.getSmtps().getPort())
            .withOptions(Map.of())
            .send(MailTo.mail().build());

    assertThat(outcome).hasFieldOrPropertyWithValue("failureClass", FailureClass.NETWORK);
    assertThat(((Outcome.Retryable) outcome).message()).contains("certification path");
  }

  @Test
  void shouldFindTheServerHealthy() throws Exception {
    assertThat(mail.checkHealth(Duration.ofSeconds(20))).isInstanceOf(Outcome.Succeeded.class);
    assertThat(server.getReceivedMessages()).isEmpty();
  }
}
