package io.backstop.executor.mail;

import static io.backstop.executor.mail.ScriptedSmtp.CLOSE;
import static io.backstop.executor.mail.ScriptedSmtp.CONTENT;
import static io.backstop.executor.mail.ScriptedSmtp.GREETING;
import static io.backstop.executor.mail.ScriptedSmtp.HANG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a mail by what the server says, or does not say. */
class SmtpDialogueTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final ScriptedSmtp server = new ScriptedSmtp();
  private final MailTo mail = MailTo.at(server.url());

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private CompletableFuture<Outcome> start(String key, Duration timeout) {
    return mail.start(MailTo.mail().build(), key, timeout, Optional.empty());
  }

  private static Map<String, String> trusting(TestCertificate certificate) {
    return Map.of(
        "trust-store",
        certificate.file().toString(),
        "trust-store-password",
        TestCertificate.PASSWORD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          greeting | 421 4.3.2 closing       | SERVER_ERROR
          MAIL     | 451 4.3.0 local error   | SERVER_ERROR
          MAIL     | 421 4.7.0 unusual rate of mail | RATE_LIMITED
          RCPT     | 450 4.2.0 greylisted    | SERVER_ERROR
          RCPT     | 452 4.5.3 too many recipients | RESOURCE_EXHAUSTED
          RCPT     | 552 5.5.3 too many recipients | RESOURCE_EXHAUSTED
          DATA     | 454 Throttling failure: Maximum sending rate exceeded | RATE_LIMITED
          .        | 452 4.3.1 disk full     | RESOURCE_EXHAUSTED
          .        | close                   | NETWORK
          EHLO     | close                   | NETWORK
          greeting | close                   | NETWORK
          """)
  void shouldTryAgainLater(String command, String reply, FailureClass expected) throws Exception {
    server.on(command, reply);

    Outcome outcome = mail.send(MailTo.mail().build());

    assertThat(outcome)
        .isInstanceOf(Outcome.Retryable.class)
        .hasFieldOrPropertyWithValue("failureClass", expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          greeting | 554 5.7.1 you are blocked     | AUTHENTICATION
          MAIL     | 530 5.7.0 sign in first       | AUTHENTICATION
          MAIL     | 553 5.1.8 sender is not yours | VALIDATION
          MAIL     | 550 5.7.1 sender not allowed  | AUTHENTICATION
          RCPT     | 550 5.1.1 no such user        | NOT_FOUND
          RCPT     | 551 5.1.6 has moved           | NOT_FOUND
          RCPT     | 553 5.1.3 no address          | VALIDATION
          RCPT     | 550 5.7.1 relaying denied     | AUTHENTICATION
          DATA     | 554 5.5.1 no valid recipients | VALIDATION
          .        | 552 5.3.4 too large           | RESOURCE_EXHAUSTED
          .        | 550 5.7.1 looks like spam     | VALIDATION
          .        | 554 5.6.0 refused             | VALIDATION
          """)
  void shouldNotTryAgain(String command, String reply, FailureClass expected) throws Exception {
    server.on(command, reply);

    Outcome outcome = mail.send(MailTo.mail().build());

    assertThat(outcome)
        .isInstanceOf(Outcome.Permanent.class)
        .hasFieldOrPropertyWithValue("failureClass", expected);
    assertThat(((Outcome.Permanent) outcome).message()).contains(reply);
  }

  @Test
  void shouldTellATemporarySignInFailureFromARefusal() throws Exception {
    MailTo signedIn = mail.with("username", "u").with("password", "p");
    server.offering("AUTH PLAIN").on("AUTH", "454 4.7.0 try again");
    Outcome temporary = signedIn.send(MailTo.mail().build());
    server.on("AUTH", "535 5.7.8 wrong");
    Outcome refused = signedIn.send(MailTo.mail().build());

    assertThat(temporary)
        .isInstanceOf(Outcome.Retryable.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.SERVER_ERROR);
    assertThat(refused)
        .isInstanceOf(Outcome.Permanent.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.AUTHENTICATION);
  }

  @Test
  void shouldNotSendUnsignedInWhereASignInIsConfigured() throws Exception {
    Outcome outcome = mail.with("username", "u").with("password", "p").send(MailTo.mail().build());

    assertThat(outcome)
        .isInstanceOf(Outcome.Permanent.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.AUTHENTICATION);
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void shouldNameTheRecipientsThatAreRefusedAndMailNobody() throws Exception {
    server
        .on("RCPT TO:<bob@example.com>", "450 4.2.1 busy")
        .on("RCPT TO:<eve@example.com>", "550 5.1.1 no such user");

    Outcome outcome =
        mail.send(
            MailTo.mail()
                .setRecipients(List.of("ada@example.com", "bob@example.com", "eve@example.com"))
                .build());

    assertThat(outcome)
        .isEqualTo(
            new Outcome.Permanent(
                FailureClass.NOT_FOUND,
                "nobody got the e-mail, because of bob@example.com: 450 4.2.1 busy;"
                    + " eve@example.com: 550 5.1.1 no such user",
                java.util.OptionalInt.empty()));
    assertThat(server.messages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {GREETING, "EHLO", "MAIL", "RCPT", "DATA", CONTENT})
  void shouldTimeOutWhereverTheServerHangs(String command) throws Exception {
    server.on(command, HANG);

    Outcome outcome = mail.send(MailTo.mail().build(), SHORT);

    assertThat(outcome).isEqualTo(new Outcome.TimedOut(SHORT));
    await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
  }

  @Test
  void shouldCloseTheConnectionWhenCancelled() {
    server.on(CONTENT, HANG);
    CompletableFuture<Outcome> call = start("key", Duration.ofMinutes(5));
    await().atMost(PATIENCE).until(() -> server.messages().size() == 1);

    call.cancel(true);

    await().atMost(PATIENCE).until(() -> server.openConnections() == 0);
  }

  @Test
  void shouldSayThatNobodyListens() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }

    Outcome outcome = MailTo.at("smtp://127.0.0.1:" + closed).send(MailTo.mail().build());

    assertThat(outcome)
        .isInstanceOf(Outcome.Retryable.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.NETWORK);
    assertThat(((Outcome.Retryable) outcome).message()).contains("refused");
  }

  @Test
  void shouldUseAConnectionAgain() throws Exception {
    mail.send(MailTo.mail().build());
    mail.send(MailTo.mail().build());
    mail.send(MailTo.mail().build());

    assertThat(server.messages()).hasSize(3);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void shouldConnectAnewWhenAKeptConnectionIsDead() throws Exception {
    mail.send(MailTo.mail().build());
    server.on("NOOP", CLOSE);

    Outcome outcome = mail.send(MailTo.mail().build());

    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void shouldNotOpenMoreConnectionsThanAllowed() throws Exception {
    MailTo bounded = mail.withOptions(Map.of("starttls", "off", "connections", "3"));
    List<CompletableFuture<Outcome>> calls = new ArrayList<>();

    for (int i = 0; i < 60; i++) {
      calls.add(bounded.start(MailTo.mail().build(), "key-" + i, PATIENCE, Optional.empty()));
    }

    for (CompletableFuture<Outcome> call : calls) {
      assertThat(call.get(30, TimeUnit.SECONDS)).isInstanceOf(Outcome.Succeeded.class);
    }
    assertThat(server.messages()).hasSize(60);
    assertThat(server.connections()).isBetween(1, 3);
  }

  @Test
  void shouldEncryptByStartTlsBeforeItSignsInOrSaysAnything() throws Exception {
    TestCertificate certificate = TestCertificate.of("ip:127.0.0.1");
    server.withTls(certificate.server()).offering("AUTH PLAIN");

    Outcome outcome =
        mail.withOptions(trusting(certificate))
            .with("username", "u")
            .with("password", "p")
            .send(MailTo.mail().build());

    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(server.commands().get(1)).isEqualTo("STARTTLS");
    assertThat(server.commands().get(3)).startsWith("AUTH PLAIN");
  }

  @Test
  void shouldNotMailInTheClearWhereStartTlsIsRequired() throws Exception {
    Outcome outcome = mail.withOptions(Map.of()).send(MailTo.mail().build());

    assertThat(outcome)
        .isInstanceOf(Outcome.Permanent.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.AUTHENTICATION);
    assertThat(((Outcome.Permanent) outcome).message())
        .contains("STARTTLS is required", "backstop.services.email.options.starttls");
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void shouldMailInTheClearWhereStartTlsIsOptionalAndNotOffered() throws Exception {
    Outcome outcome = mail.withOptions(Map.of("starttls", "optional")).send(MailTo.mail().build());

    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void shouldNotTalkToAServerWithTheCertificateOfAnother() throws Exception {
    TestCertificate certificate = TestCertificate.of("dns:mail.example.com");
    server.withTls(certificate.server());

    Outcome outcome = mail.withOptions(trusting(certificate)).send(MailTo.mail().build());

    assertThat(outcome).hasFieldOrPropertyWithValue("failureClass", FailureClass.NETWORK);
    assertThat(((Outcome.Retryable) outcome).message()).contains("127.0.0.1");
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void shouldCheckHealthOverANewConnection() throws Exception {
    mail.send(MailTo.mail().build());
    Outcome healthy = mail.checkHealth(PATIENCE);
    server.on(GREETING, "421 4.3.2 closing");
    Outcome closing = mail.checkHealth(PATIENCE);
    server.on(GREETING, HANG);

    assertThat(healthy).isInstanceOf(Outcome.Succeeded.class);
    assertThat(server.connections()).isEqualTo(3);
    assertThat(closing).hasFieldOrPropertyWithValue("failureClass", FailureClass.SERVER_ERROR);
  }

  @Test
  void shouldNotWriteWhatLooksLikeTheEndOfTheMail() throws Exception {
    mail.send(MailTo.mail().setText("first\n.\nRCPT TO:<eve@example.com>\n..\nlast").build());

    assertThat(server.messages().get(0)).contains("first\r\n..\r\nRCPT TO:<eve", "\r\n...\r\nlast");
    assertThat(server.commands()).noneMatch(command -> command.contains("eve"));
  }
}
