package io.backstop.executor.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backstop.action.FailureClass;
import io.backstop.action.MessagePayload;
import io.backstop.action.Outcome;
import io.backstop.executor.StubbedService;
import io.backstop.executor.TestServiceConfig;
import io.backstop.executor.mail.MailServer.Encryption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailServerTest {
  private static TestServiceConfig at(String url) {
    return TestServiceConfig.at(url).with("sender", "a@example.com");
  }

  @Test
  void shouldReadAddressesAndTheirUsualPorts() {
    MailServer submission = MailServer.of(at("smtp://mail.example.com"));
    MailServer encrypted = MailServer.of(at("smtps://mail.example.com"));
    MailServer other = MailServer.of(at("smtp://mail.example.com:2525"));

    assertThat(submission.port()).isEqualTo(587);
    assertThat(submission.encryption()).isEqualTo(Encryption.REQUIRED);
    assertThat(encrypted.port()).isEqualTo(465);
    assertThat(encrypted.encryption()).isEqualTo(Encryption.FROM_THE_START);
    assertThat(other.port()).isEqualTo(2525);
  }

  @Test
  void shouldShowNoPassword() {
    MailServer server =
        MailServer.of(
            at("smtp://mail.example.com")
                .with("username", "ada")
                .with("password", "hidden")
                .withOptions(Map.of("trust-store", "ca.p12", "trust-store-password", "hidden")));

    assertThat(server.toString()).contains("ada", "ca.p12").doesNotContain("hidden");
  }

  @Test
  void shouldRejectWithTheSettingThatIsMissing() throws Exception {
    Outcome noServer =
        new MailTo(new EmailNotification(), TestServiceConfig.at("")).send(MailTo.mail().build());
    Outcome noSender =
        new MailTo(new EmailNotification(), TestServiceConfig.at("smtp://mail.example.com"))
            .send(MailTo.mail().build());

    assertThat(noServer)
        .isEqualTo(
            new Outcome.Rejected(
                FailureClass.AUTHENTICATION,
                "backstop.services.email.base-url is not set: set it, or the environment variable"
                    + " EMAIL_BASE_URL"));
    assertThat(((Outcome.Rejected) noSender).message())
        .startsWith("backstop.services.email.sender is not set");
  }

  @Test
  void shouldWantUsernameAndPasswordTogether() {
    TestServiceConfig half = at("smtp://mail.example.com").with("username", "ada");

    assertThatThrownBy(() -> MailServer.of(half))
        .hasMessageContaining("backstop.services.email.password is not set");
  }

  @ParameterizedTest
  @CsvSource({
    "base-url, mail.example.com, base-url",
    "base-url, http://mail.example.com, base-url",
    "base-url, smtp://user:secret@mail.example.com, base-url",
    "sender, 'a@example.com, b@example.com', sender"
  })
  void shouldNameTheSettingThatIsWrong(String name, String value, String named) {
    TestServiceConfig config = at("smtp://mail.example.com").with(name, value);

    assertThatThrownBy(() -> MailServer.of(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("backstop.services.email." + named)
        .message()
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({"starttls, sometimes", "connections, 0", "connections, many"})
  void shouldNameTheOptionThatIsWrong(String name, String value) throws Exception {
    MailTo mail = MailTo.at("smtp://mail.example.com").withOptions(Map.of(name, value));

    Outcome outcome = mail.send(MailTo.mail().build());

    assertThat(((Outcome.Rejected) outcome).message())
        .startsWith("backstop.services.email.options." + name);
  }

  @Test
  void shouldNotSignInWhereEncryptionIsOptional() {
    TestServiceConfig config =
        at("smtp://mail.example.com")
            .with("username", "ada")
            .with("password", "hidden")
            .withOptions(Map.of("starttls", "optional"));

    assertThatThrownBy(() -> MailServer.of(config)).hasMessageContaining("in the clear");
  }

  @Test
  void shouldRefuseWhatWouldForgeAHeader() {
    MessagePayload payload =
        MailTo.mail()
            .setSubject("Hi\r\nBcc: eve@example.com")
            .setBcc(List.of("a@x.y\nCc: b@x.y"))
            .build();

    assertThat(StubbedService.problems(new EmailNotification(), payload))
        .satisfiesExactly(
            subject -> assertThat(subject).startsWith("payload.subject holds a line break"),
            bcc -> assertThat(bcc).startsWith("payload.bcc[0] is not one e-mail address"));
  }

  @Test
  void shouldNeedRecipientsAndTextButNoSubject() {
    assertThat(
            StubbedService.problems(new EmailNotification(), MessagePayload.newBuilder().build()))
        .satisfiesExactly(
            recipients -> assertThat(recipients).startsWith("payload.recipients is missing"),
            text -> assertThat(text).startsWith("payload.text is missing"));
  }
}
