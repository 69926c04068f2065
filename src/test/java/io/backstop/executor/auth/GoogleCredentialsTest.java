package io.backstop.executor.auth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.backstop.config.StartupException;
import io.backstop.executor.TestServiceConfig;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class GoogleCredentialsTest {
  @RegisterExtension
  static final WireMockExtension TOKENS =
      WireMockExtension.newInstance()
          .options(options().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private final CredentialsFactory factory = new CredentialsFactory();

  @TempDir Path directory;

  private Map<String, String> refreshToken() {
    return Map.of(
        "client-id", "client",
        "client-secret", "hidden",
        "refresh-token", "1//refresh",
        "token-uri", TOKENS.url("/token"));
  }

  private String authorization(String service, Map<String, String> settings) throws Exception {
    return await(factory.forService(service, new TestServiceConfig(settings, Map.of())));
  }

  private static String await(Credentials credentials) throws Exception {
    return credentials.authorization().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static Map<String, String> form(String body) {
    return Arrays.stream(body.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private static void answerToken(String token) {
    TOKENS.stubFor(
        post("/token")
            .willReturn(
                okJson(
                    """
                    {"access_token":"%s","expires_in":3599,"token_type":"Bearer"}"""
                        .formatted(token))));
  }

  @Test
  void shouldAnswerStaticTokenAtOnce() throws Exception {
    CompletableFuture<String> header =
        factory
            .forService("drive", new TestServiceConfig(Map.of("token", "ya29.static"), Map.of()))
            .authorization()
            .toCompletableFuture();

    assertThat(header).isCompletedWithValue("Bearer ya29.static");
  }

  @Test
  void shouldFetchOneTokenForManyCalls() throws Exception {
    answerToken("ya29.fresh");
    Credentials credentials =
        factory.forService("gmail", new TestServiceConfig(refreshToken(), Map.of()));

    String first = await(credentials);
    String second = await(credentials);

    assertThat(first).isEqualTo("Bearer ya29.fresh");
    assertThat(second).isEqualTo("Bearer ya29.fresh");
    TOKENS.verify(1, postRequestedFor(urlEqualTo("/token")));
    String body = TOKENS.findAll(postRequestedFor(urlEqualTo("/token"))).get(0).getBodyAsString();
    assertThat(form(body))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "grant_type", "refresh_token",
                "client_id", "client",
                "client_secret", "hidden",
                "refresh_token", "1//refresh"));
  }

  @Test
  void shouldNotBlockTheCallerWhileTheTokenIsFetched() {
    TOKENS.stubFor(post("/token").willReturn(okJson("{}").withFixedDelay(500)));

    CompletableFuture<String> header =
        factory
            .forService("gmail", new TestServiceConfig(refreshToken(), Map.of()))
            .authorization()
            .toCompletableFuture();

    assertThat(header).isNotDone();
    assertThat(header).failsWithin(Duration.ofSeconds(20));
  }

  @Test
  void shouldSignInAsServiceAccountForTheDelegatedUser() throws Exception {
    answerToken("ya29.robot");
    ServiceAccountKey key = ServiceAccountKey.writeTo(directory);

    String header =
        authorization(
            "gmail",
            Map.of(
                "service-account-file", key.file().toString(),
                "delegated-user", "ada@example.com",
                "token-uri", TOKENS.url("/token")));

    assertThat(header).isEqualTo("Bearer ya29.robot");
    Map<String, String> form =
        form(TOKENS.findAll(postRequestedFor(urlEqualTo("/token"))).get(0).getBodyAsString());
    assertThat(form).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
    JsonNode claims = verified(form.get("assertion"), key);
    assertThat(claims.path("iss").asText()).isEqualTo("robot@test-project.iam.gserviceaccount.com");
    assertThat(claims.path("sub").asText()).isEqualTo("ada@example.com");
    assertThat(claims.path("aud").asText()).isEqualTo("https://oauth2.googleapis.com/token");
    assertThat(claims.path("scope").asText().split(" "))
        .containsExactly(
            "https://www.googleapis.com/auth/gmail.send",
            "https://www.googleapis.com/auth/gmail.readonly");
  }

  private static JsonNode verified(String assertion, ServiceAccountKey key) throws Exception {
    String[] parts = assertion.split("\\.");
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(key.publicKey());
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
  }

  @Test
  void shouldReportRefusedRefreshTokenAsRefused() {
    TOKENS.stubFor(
        post("/token")
            .willReturn(
                aResponse()
                    .withStatus(400)
                    .withHeader("Content-Type", "application/json")
                    .withBody(
                        """
                        {"error":"invalid_grant","error_description":"Token has been revoked."}""")));

    assertThatThrownBy(() -> authorization("drive", refreshToken()))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(RefusedCredentialsException.class)
        .hasMessage(
            "the token endpoint refused the credentials of drive: HTTP 400, invalid_grant:"
                + " Token has been revoked.");
  }

  @Test
  void shouldReportFailingTokenEndpointAsNetworkError() {
    TOKENS.stubFor(post("/token").willReturn(aResponse().withStatus(503)));

    assertThatThrownBy(() -> authorization("drive", refreshToken()))
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessage("no access token for drive: HTTP 503");
  }

  @Test
  void shouldReportUnreachableTokenEndpointAsNetworkError() {
    Map<String, String> settings = new HashMap<>(refreshToken());
    settings.put("token-uri", "http://127.0.0.1:1/token");

    assertThatThrownBy(() -> authorization("drive", settings))
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("no access token for drive: ");
  }

  @Test
  void shouldNameTheSettingWhenNoCredentialsAreConfigured() {
    assertThatThrownBy(() -> authorization("sheets", Map.of()))
        .cause()
        .isInstanceOf(MissingCredentialsException.class)
        .hasMessageContaining("backstop.services.sheets.service-account-file")
        .hasMessageContaining("GOOGLE_SERVICE_ACCOUNT_FILE");
  }

  @Test
  void shouldNameTheFileThatIsNotAKey() throws Exception {
    Path notKey = Files.writeString(directory.resolve("key.json"), "{\"type\":\"nothing\"}");

    assertThatThrownBy(
            () -> authorization("drive", Map.of("service-account-file", notKey.toString())))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("backstop.services.drive.service-account-file names '" + notKey)
        .hasMessageNotContaining("\n");
  }

  @Test
  void shouldNameTheFileThatIsNotThere() {
    assertThatThrownBy(
            () -> authorization("drive", Map.of("service-account-file", "no-such-key.json")))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith(
            "backstop.services.drive.service-account-file names 'no-such-key.json', which is not a"
                + " readable Google service account key: there is no such file");
  }

  @Test
  void shouldNameTheMissingPartOfARefreshToken() {
    assertThatThrownBy(() -> authorization("drive", Map.of("client-id", "client")))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("backstop.services.drive.client-secret is missing");
  }
}
