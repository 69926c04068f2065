package io.backstop.executor.google;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import io.backstop.action.FailureClass;
import io.backstop.action.FilePayload;
import io.backstop.action.MessagePayload;
import io.backstop.action.Outcome;
import io.backstop.action.QueryPayload;
import io.backstop.action.TablePayload;
import io.backstop.action.TaskPayload;
import io.backstop.executor.ActionExecutor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GoogleErrorsTest {
  @RegisterExtension static final GoogleStub GOOGLE = new GoogleStub();

  private final GmailSearch search = new GmailSearch();
  private final QueryPayload query = QueryPayload.newBuilder().setQuery("is:unread").build();

  static Stream<Arguments> everyAction() {
    FilePayload file =
        FilePayload.newBuilder().setName("a").setContent(ByteBuffer.allocate(1)).build();
    TablePayload table =
        TablePayload.newBuilder()
            .setDocument("d")
            .setRange("A1")
            .setRows(List.of(List.of("x")))
            .build();
    MessagePayload mail =
        MessagePayload.newBuilder()
            .setRecipients(List.of("ada@example.com"))
            .setSubject("s")
            .setText("t")
            .build();
    QueryPayload query = QueryPayload.newBuilder().setQuery("q").build();
    return Stream.of(
        Arguments.of(new DriveUpload(), file),
        Arguments.of(new DriveCreateFolder(), file),
        Arguments.of(new SheetsUpdate(), table),
        Arguments.of(new SheetsAppend(), table),
        Arguments.of(new GmailSend(), mail),
        Arguments.of(new GmailSearch(), query),
        Arguments.of(new TasksCreate(), TaskPayload.newBuilder().setTitle("t").build()));
  }

  @ParameterizedTest
  @MethodSource("everyAction")
  void shouldClassifyErrorsOfEveryAction(ActionExecutor executor, Object payload) {
    GOOGLE.stubFor(
        any(anyUrl()).willReturn(GoogleStub.error(401, "authError", "Invalid Credentials")));

    Outcome outcome = GOOGLE.execute(executor, payload);

    assertThat(outcome)
        .isEqualTo(
            new Outcome.Permanent(
                FailureClass.AUTHENTICATION,
                "authError: Invalid Credentials",
                OptionalInt.of(401)));
  }

  @ParameterizedTest
  @CsvSource({
    "400, badRequest, VALIDATION",
    "400, invalid, VALIDATION",
    "401, authError, AUTHENTICATION",
    "403, insufficientPermissions, AUTHENTICATION",
    "403, forbidden, AUTHENTICATION",
    "403, quotaExceeded, RESOURCE_EXHAUSTED",
    "403, dailyLimitExceeded, RESOURCE_EXHAUSTED",
    "403, storageQuotaExceeded, RESOURCE_EXHAUSTED",
    "404, notFound, NOT_FOUND",
    "409, conflict, CONFLICT",
    "412, conditionNotMet, CONFLICT"
  })
  void shouldNotRepeatPermanentErrors(int status, String reason, FailureClass expected) {
    GOOGLE.stubFor(any(anyUrl()).willReturn(GoogleStub.error(status, reason, "No.")));

    Outcome outcome = GOOGLE.execute(search, query);

    assertThat(outcome)
        .isEqualTo(new Outcome.Permanent(expected, reason + ": No.", OptionalInt.of(status)));
  }

  @ParameterizedTest
  @CsvSource({
    "403, rateLimitExceeded, RATE_LIMITED",
    "403, userRateLimitExceeded, RATE_LIMITED",
    "429, rateLimitExceeded, RATE_LIMITED",
    "500, backendError, SERVER_ERROR",
    "503, backendError, SERVER_ERROR"
  })
  void shouldRepeatPassingErrorsAfterTheTimeAskedFor(
      int status, String reason, FailureClass expected) {
    GOOGLE.stubFor(
        any(anyUrl())
            .willReturn(
                GoogleStub.error(status, reason, "Not now.").withHeader("Retry-After", "3")));

    Outcome outcome = GOOGLE.execute(search, query);

    assertThat(outcome)
        .isEqualTo(
            new Outcome.Retryable(
                expected,
                reason + ": Not now.",
                OptionalInt.of(status),
                Optional.of(Duration.ofSeconds(3))));
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_ARGUMENT, VALIDATION, false",
    "403, PERMISSION_DENIED, AUTHENTICATION, false",
    "409, ABORTED, CONFLICT, true",
    "429, RESOURCE_EXHAUSTED, RATE_LIMITED, true",
    "503, UNAVAILABLE, SERVER_ERROR, true"
  })
  void shouldReadTheStatusWordOfNewerApis(
      int status, String word, FailureClass expected, boolean retryable) {
    GOOGLE.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withBody(
                        """
                        {"error":{"code":%d,"message":"No.","status":"%s"}}"""
                            .formatted(status, word))));

    Outcome outcome = GOOGLE.execute(search, query);

    OptionalInt httpStatus = OptionalInt.of(status);
    assertThat(outcome)
        .isEqualTo(
            retryable
                ? new Outcome.Retryable(expected, word + ": No.", httpStatus, Optional.empty())
                : new Outcome.Permanent(expected, word + ": No.", httpStatus));
  }

  @Test
  void shouldTakeABrokenConnectionForANetworkError() {
    GOOGLE.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

    Outcome outcome = GOOGLE.execute(search, query);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Retryable.class,
            failed -> assertThat(failed.failureClass()).isEqualTo(FailureClass.NETWORK));
  }

  @Test
  void shouldTimeOutWhenNoAnswerComes() {
    GOOGLE.stubFor(any(anyUrl()).willReturn(okJson("{}").withFixedDelay(2_000)));

    Outcome outcome = GOOGLE.execute(search, query, Duration.ofMillis(200));

    assertThat(outcome).isEqualTo(new Outcome.TimedOut(Duration.ofMillis(200)));
  }
}
