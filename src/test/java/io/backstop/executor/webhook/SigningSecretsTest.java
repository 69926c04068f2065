package io.backstop.executor.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector is the one that the libraries of Standard Webhooks are tested with. */
class SigningSecretsTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final long TIMESTAMP = 1614265330;
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  @Test
  void shouldSignThePublishedTestVector() {
    assertThat(SigningSecrets.read(SECRET).sign(ID, TIMESTAMP, BODY)).isEqualTo(SIGNATURE);
  }

  @Test
  void shouldSignWithEachSecretWhileOneIsBeingChanged() {
    String other = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    String signatures =
        SigningSecrets.read(" " + other + "  " + SECRET + "\n").sign(ID, TIMESTAMP, BODY);

    assertThat(signatures.split(" ")).hasSize(2).contains(SIGNATURE);
  }

  @Test
  void shouldTakeASecretWithoutItsPrefix() {
    String bare = SECRET.substring("whsec_".length());

    assertThat(SigningSecrets.read(bare).sign(ID, TIMESTAMP, BODY)).isEqualTo(SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"whsec_geheim!", "whsec_c2hvcnQ=", "whsec_"})
  void shouldSayWhatIsWrongWithoutTheSecret(String secret) {
    assertThatThrownBy(() -> SigningSecrets.read(secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .startsWith("is ")
        .doesNotContain("geheim", "!");
  }
}
