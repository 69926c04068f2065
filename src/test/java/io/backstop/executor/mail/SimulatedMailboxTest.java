package io.backstop.executor.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.config.StartupException;
import io.backstop.executor.Fingerprint;
import io.backstop.simulator.EmulatedService;
import io.backstop.simulator.Failure;
import io.backstop.simulator.FaultPlan;
import io.backstop.simulator.FaultPlan.Outage;
import io.backstop.simulator.Latency;
import io.backstop.simulator.MailboxOptions;
import io.backstop.simulator.RecordedCall;
import io.backstop.simulator.Simulator;
import io.backstop.simulator.SimulatorOptions;
import io.backstop.simulator.SimulatorStats;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulator's mail server, and e-mails as they come through its faults. */
class SimulatedMailboxTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path directory;

  private Simulator simulator;
  private MailTo mail;

  @BeforeEach
  void start() {
    simulator =
        Simulator.start(
            SimulatorOptions.ephemeral()
                .recordingCalls(100)
                .receivingMail(directory.resolve("mailbox")));
    mail = MailTo.at(simulator.baseUri(EmulatedService.EMAIL).toString());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private void faults(FaultPlan plan) {
    simulator.setFaults(EmulatedService.EMAIL, plan);
  }

  private SimulatorStats.Service seen() {
    return simulator.stats().service(EmulatedService.EMAIL);
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(directory.resolve("mailbox"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void shouldWriteAMailToAFileThatMailProgramsOpen() throws Exception {
    Outcome outcome =
        mail.send(
            MailTo.mail()
                .setSubject("Order 7: late – 請求書!")
                .setText("Grüße\n.\nBye")
                .setBcc(List.of("bob@example.com"))
                .build());

    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(files()).hasSize(1);
    assertThat(files().get(0).getFileName().toString())
        .matches("\\d{8}-\\d{6}-0001-Order-7-late\\.eml");
    try (InputStream file = Files.newInputStream(files().get(0))) {
      MimeMessage read = new MimeMessage(Session.getInstance(new Properties()), file);
      assertThat(read.getSubject()).isEqualTo("Order 7: late – 請求書!");
      assertThat(read.getContent().toString().strip()).isEqualTo("Grüße\r\n.\r\nBye");
      assertThat(read.getHeader("X-Envelope-To"))
          .containsExactly("ada@example.com, bob@example.com");
      assertThat(read.getHeader("Bcc")).isNull();
    }
  }

  @Test
  void shouldCountKeysAndEffectsAndRecordCalls() throws Exception {
    mail.send(MailTo.mail().build());
    mail.send(MailTo.mail().build());

    assertThat(seen().keys()).isEqualTo(new SimulatorStats.Keys(1, 1, 0));
    assertThat(seen().effects()).isEqualTo(new SimulatorStats.Effects(2, 1));
    assertThat(seen().endpoints().get("send").answers()).containsEntry("250", 2L);
    RecordedCall first = simulator.calls(EmulatedService.EMAIL).get(0);
    assertThat(first.endpoint()).isEqualTo("send");
    assertThat(first.key()).contains("<" + Fingerprint.of(MailTo.KEY) + "@backstop>");
    assertThat(first.answer().orElseThrow().status()).isEqualTo("250");
  }

  @ParameterizedTest
  @CsvSource({"UNAVAILABLE, SERVER_ERROR, 421", "REFUSE, NETWORK, reset"})
  void shouldBeAwayInAnOutage(Outage outage, FailureClass expected, String answer)
      throws Exception {
    mail.send(MailTo.mail().build());
    faults(FaultPlan.HEALTHY.withOutage(outage));
    Outcome overTheKeptConnection = mail.send(MailTo.mail().build());
    Outcome overANewOne = mail.send(MailTo.mail().build());
    Outcome health = mail.checkHealth(PATIENCE);
    faults(FaultPlan.HEALTHY);
    Outcome after = mail.send(MailTo.mail().build());

    assertThat(List.of(overTheKeptConnection, overANewOne, health))
        .allSatisfy(
            outcome ->
                assertThat(outcome)
                    .isInstanceOf(Outcome.Retryable.class)
                    .hasFieldOrPropertyWithValue("failureClass", expected));
    assertThat(after).isInstanceOf(Outcome.Succeeded.class);
    assertThat(seen().endpoints().get("connect").answers()).containsEntry(answer, 2L);
    assertThat(files()).hasSize(2);
  }

  @Test
  void shouldHangUntilTheClientGoes() throws Exception {
    faults(FaultPlan.HEALTHY.with(Failure.hang(1)));

    Outcome outcome = mail.send(MailTo.mail().build(), SHORT);

    assertThat(outcome).isEqualTo(new Outcome.TimedOut(SHORT));
    await().atMost(PATIENCE).until(() -> seen().inFlight() == 0);
    assertThat(files()).isEmpty();
  }

  @Test
  void shouldDeliverBeforeTheAnswerIsLost() throws Exception {
    faults(FaultPlan.HEALTHY.with(Failure.reset(1).afterTheEffect()));

    Outcome outcome = mail.send(MailTo.mail().build());

    assertThat(outcome).hasFieldOrPropertyWithValue("failureClass", FailureClass.NETWORK);
    assertThat(files()).hasSize(1);
    assertThat(seen().effects().total()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "500, SERVER_ERROR",
    "429, RATE_LIMITED",
    "507, RESOURCE_EXHAUSTED",
    "400, VALIDATION"
  })
  void shouldRefuseMails(int status, FailureClass expected) throws Exception {
    faults(FaultPlan.HEALTHY.with(Failure.error(1, status)));

    Outcome outcome = mail.send(MailTo.mail().build());

    assertThat(outcome).hasFieldOrPropertyWithValue("failureClass", expected);
    assertThat(files()).isEmpty();
  }

  @Test
  void shouldTakeItsTime() throws Exception {
    faults(FaultPlan.HEALTHY.withLatency(new Latency.Fixed(300)));
    long start = System.nanoTime();

    mail.send(MailTo.mail().build());

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(299));
  }

  @Test
  void shouldNotKnowAddressesThatAreMissing() throws Exception {
    Outcome outcome =
        mail.send(MailTo.mail().setRecipients(List.of("missing@example.com")).build());

    assertThat(outcome).hasFieldOrPropertyWithValue("failureClass", FailureClass.NOT_FOUND);
  }

  @Test
  void shouldRefuseThePasswordThatIsInvalid() throws Exception {
    Outcome welcome =
        mail.with("username", "ada").with("password", "any").send(MailTo.mail().build());
    Outcome refused =
        mail.with("username", "ada").with("password", "invalid").send(MailTo.mail().build());

    assertThat(welcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(refused).hasFieldOrPropertyWithValue("failureClass", FailureClass.AUTHENTICATION);
  }

  @Test
  void shouldSayInOneLineThatThePortIsInUse() {
    int port = simulator.baseUri(EmulatedService.EMAIL).getPort();
    SimulatorOptions samePort =
        SimulatorOptions.ephemeral().receivingMail(new MailboxOptions(port, directory));

    assertThatThrownBy(() -> Simulator.start(samePort))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageContaining("--smtp-port")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void shouldFreeThePortWhenClosed() {
    int port = simulator.baseUri(EmulatedService.EMAIL).getPort();
    simulator.close();

    try (Simulator next =
        Simulator.start(
            SimulatorOptions.ephemeral().receivingMail(new MailboxOptions(port, directory)))) {
      assertThat(next.baseUri(EmulatedService.EMAIL).getPort()).isEqualTo(port);
    }
  }
}
