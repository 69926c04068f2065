package io.backstop.executor;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.backstop.action.FailureClass;
import io.backstop.action.MessagePayload;
import io.backstop.action.Outcome;
import io.backstop.action.QueryPayload;
import io.backstop.action.TaskPayload;
import io.backstop.executor.notion.CreatePage;
import io.backstop.executor.notion.QueryDatabase;
import io.backstop.executor.notion.UpdatePage;
import io.backstop.executor.slack.PostMessage;
import io.backstop.executor.slack.UpdateMessage;
import io.backstop.executor.trello.CreateCard;
import io.backstop.executor.trello.MoveCard;
import io.backstop.executor.trello.UpdateCard;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every executor makes of failures that do not depend on the service's own error codes. */
class ExecutorFailuresTest {
  private static StubbedService service;

  /** An executor and a payload that is valid for it. */
  private record Sample(ActionExecutor executor, Object payload) {
    @Override
    public String toString() {
      return executor.target().name();
    }
  }

  private static List<Sample> samples() {
    var task = TaskPayload.newBuilder().setTitle("T").setTaskId("t1").setContainer("c1").build();
    var message =
        MessagePayload.newBuilder()
            .setRecipients(List.of("C1"))
            .setText("hi")
            .setMessageId("1700000000.000001")
            .build();
    return List.of(
        new Sample(new CreatePage(), task),
        new Sample(new UpdatePage(), task),
        new Sample(new QueryDatabase(), QueryPayload.newBuilder().setContainer("c1").build()),
        new Sample(new CreateCard(), task),
        new Sample(new UpdateCard(), task),
        new Sample(new MoveCard(), task),
        new Sample(new PostMessage(), message),
        new Sample(new UpdateMessage(), message));
  }

  private static Stream<Arguments> statuses() {
    return samples().stream()
        .flatMap(
            sample ->
                Stream.of(
                    Arguments.of(sample, 400, FailureClass.VALIDATION, false),
                    Arguments.of(sample, 401, FailureClass.AUTHENTICATION, false),
                    Arguments.of(sample, 403, FailureClass.AUTHENTICATION, false),
                    Arguments.of(sample, 404, FailureClass.NOT_FOUND, false),
                    Arguments.of(sample, 408, FailureClass.TIMEOUT, true),
                    Arguments.of(sample, 409, FailureClass.CONFLICT, false),
                    Arguments.of(sample, 413, FailureClass.RESOURCE_EXHAUSTED, false),
                    Arguments.of(sample, 429, FailureClass.RATE_LIMITED, true),
                    Arguments.of(sample, 500, FailureClass.SERVER_ERROR, true),
                    Arguments.of(sample, 503, FailureClass.SERVER_ERROR, true)));
  }

  @BeforeAll
  static void start() {
    service = new StubbedService();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void shouldClassifyByStatus(Sample sample, int status, FailureClass expected, boolean retryable)
      throws Exception {
    service.answers(aResponse().withStatus(status).withBody("the service's words"));

    var outcome = service.execute(sample.executor, sample.payload);

    if (retryable) {
      assertThat(outcome).isInstanceOf(Outcome.Retryable.class);
    } else {
      assertThat(outcome).isInstanceOf(Outcome.Permanent.class);
    }
    assertThat(outcome)
        .hasFieldOrPropertyWithValue("failureClass", expected)
        .hasFieldOrPropertyWithValue("message", "the service's words")
        .hasFieldOrPropertyWithValue("httpStatus", OptionalInt.of(status));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldKeepRetryAfter(Sample sample) throws Exception {
    service.answers(aResponse().withStatus(429).withHeader("Retry-After", "7"));

    var outcome = (Outcome.Retryable) service.execute(sample.executor, sample.payload);

    assertThat(outcome.retryAfter()).contains(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldRetryAnUnreadableSuccess(Sample sample) throws Exception {
    service.answers(aResponse().withStatus(200).withBody("<html>captive portal</html>"));

    var outcome = (Outcome.Retryable) service.execute(sample.executor, sample.payload);

    assertThat(outcome.failureClass()).isEqualTo(FailureClass.SERVER_ERROR);
    assertThat(outcome.message()).contains("captive portal");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldRetryABrokenConnection(Sample sample) throws Exception {
    service.answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    var outcome = (Outcome.Retryable) service.execute(sample.executor, sample.payload);

    assertThat(outcome.failureClass()).isEqualTo(FailureClass.NETWORK);
    // a call that an earlier sample gave up on may be logged only now: it has another URL
    assertThat(service.requests())
        .extracting(LoggedRequest::getUrl)
        .as("the client repeats nothing by itself")
        .isNotEmpty()
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldTimeOut(Sample sample) throws Exception {
    service.answers(aResponse().withFixedDelay(2_000));
    var timeout = Duration.ofMillis(100);

    var outcome = service.execute(sample.executor, sample.payload, service.config(), timeout);

    assertThat(outcome).isEqualTo(new Outcome.TimedOut(timeout));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldRejectWithoutACallWhenCredentialsAreMissing(Sample sample) throws Exception {
    service.answers(aResponse());
    String name = sample.executor.target().service();
    var config = service.config().token(" ");

    var outcome =
        (Outcome.Rejected)
            service.execute(sample.executor, sample.payload, config, Duration.ofSeconds(5));

    assertThat(outcome.failureClass()).isEqualTo(FailureClass.AUTHENTICATION);
    assertThat(outcome.message())
        .contains("backstop.services." + name + ".token")
        .contains(name.toUpperCase(Locale.ROOT) + "_TOKEN");
    assertThat(service.requests()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldCutLongMessages(Sample sample) throws Exception {
    service.answers(aResponse().withStatus(400).withBody("x".repeat(5_000)));

    var outcome = (Outcome.Permanent) service.execute(sample.executor, sample.payload);

    assertThat(outcome.message()).hasSize(1_000).endsWith("...");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldFindNothingWrongWithAValidPayload(Sample sample) {
    assertThat(StubbedService.problems(sample.executor, sample.payload)).isEmpty();
  }

  @Test
  void shouldBeRegistered() {
    var found =
        ServiceLoader.load(ActionExecutor.class).stream()
            .map(provider -> provider.get().target().name())
            .toList();

    assertThat(found)
        .doesNotHaveDuplicates()
        .containsAll(samples().stream().map(Sample::toString).toList());
  }
}
