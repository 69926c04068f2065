package io.backstop.executor.google;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.QueryPayload;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a request ends with when the sign-in goes wrong before the call. */
class GoogleSignInOutcomeTest {
  @RegisterExtension static final GoogleStub GMAIL = new GoogleStub();

  private final GmailSearch search = new GmailSearch();

  private Outcome searchWith(Map<String, String> credentials) {
    return GMAIL.execute(
        search,
        QueryPayload.newBuilder().setQuery("is:unread").build(),
        GMAIL.context("gmail", credentials, GoogleStub.KEY, Duration.ofSeconds(20)));
  }

  private static Map<String, String> refreshToken(String tokenUri) {
    return Map.of(
        "client-id", "client",
        "client-secret", "hidden",
        "refresh-token", "1//refresh",
        "token-uri", tokenUri);
  }

  @Test
  void shouldCallWithTheFetchedToken() {
    GMAIL.stubFor(
        post("/token").willReturn(okJson("{\"access_token\":\"ya29.new\",\"expires_in\":3599}")));
    GMAIL.stubFor(
        get(urlPathEqualTo("/gmail/gmail/v1/users/me/messages")).willReturn(okJson("{}")));

    Outcome outcome = searchWith(refreshToken(GMAIL.url("/token")));

    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(GMAIL.received().get(1).getHeader("Authorization")).isEqualTo("Bearer ya29.new");
  }

  @Test
  void shouldEndAsAuthenticationWhenTheTokenIsRevoked() {
    GMAIL.stubFor(
        post("/token")
            .willReturn(aResponse().withStatus(400).withBody("{\"error\":\"invalid_grant\"}")));

    Outcome outcome = searchWith(refreshToken(GMAIL.url("/token")));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Permanent.class,
            refused -> {
              assertThat(refused.failureClass()).isEqualTo(FailureClass.AUTHENTICATION);
              assertThat(refused.message()).contains("invalid_grant").doesNotContain("hidden");
            });
    assertThat(GMAIL.received()).hasSize(1);
  }

  @Test
  void shouldRepeatWhenTheTokenEndpointIsNotThere() {
    Outcome outcome = searchWith(refreshToken("http://127.0.0.1:1/token"));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Retryable.class,
            failed -> assertThat(failed.failureClass()).isEqualTo(FailureClass.NETWORK));
  }

  @Test
  void shouldMakeNoCallWithoutCredentials() {
    Outcome outcome = searchWith(Map.of());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> {
              assertThat(rejected.failureClass()).isEqualTo(FailureClass.AUTHENTICATION);
              assertThat(rejected.message())
                  .startsWith("backstop.services.gmail.service-account-file is not set");
            });
    assertThat(GMAIL.received()).isEmpty();
  }
}
