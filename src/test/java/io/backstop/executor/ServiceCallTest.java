package io.backstop.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.executor.auth.Credentials;
import io.backstop.executor.http.HttpCall;
import io.backstop.executor.http.HttpReply;
import io.backstop.executor.http.HttpTransport;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ServiceCallTest {
  private static final ReplyClassifier ANY_JSON =
      ReplyClassifier.readingErrorsBy((reply, body) -> Optional.empty()).build();

  private final List<HttpCall> sent = new ArrayList<>();
  private final CompletableFuture<HttpReply> answer = new CompletableFuture<>();
  private final CompletableFuture<String> authorization = new CompletableFuture<>();

  private ServiceCall call(String baseUrl, String key, String traceparent) {
    return call(baseUrl, key, traceparent, 0);
  }

  private ServiceCall call(String baseUrl, String key, String traceparent, int generation) {
    var http =
        new HttpTransport() {
          @Override
          public CompletableFuture<HttpReply> send(HttpCall call) {
            sent.add(call);
            return answer;
          }

          @Override
          public void close() {}
        };
    Credentials credentials = () -> authorization;
    var context =
        new CallContext(
            key,
            1,
            Optional.of(traceparent),
            Duration.ofSeconds(1),
            TestServiceConfig.at(baseUrl),
            credentials,
            http,
            Optional.empty(),
            generation);
    return ServiceCall.to(context, "https://public.example", "GET", "/v1/things");
  }

  private Map<String, String> headers() {
    return sent.get(0).headers().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Test
  void shouldSendOnceCredentialsAreThere() {
    var outcome = call("http://127.0.0.1:1/base/", "k", "00-a-b-01").send(ANY_JSON);
    assertThat(sent).isEmpty();

    authorization.complete("Bearer t");
    answer.complete(new HttpReply(200, Map.of(), "{}".getBytes()));

    assertThat(sent.get(0).uri()).isEqualTo(URI.create("http://127.0.0.1:1/base/v1/things"));
    assertThat(headers())
        .containsEntry("Authorization", "Bearer t")
        .containsEntry("Idempotency-Key", "k")
        .containsEntry("traceparent", "00-a-b-01");
    assertThat(outcome.join()).isInstanceOf(Outcome.Succeeded.class);
  }

  @Test
  void shouldNotLetAKeyOrATraceAddHeaders() {
    authorization.complete("Bearer t");

    call("http://127.0.0.1:1", "a\r\nX-Evil: ü", "00\r\nX-Evil: 1").send(ANY_JSON);

    assertThat(headers())
        .containsEntry("Idempotency-Key", "a%0D%0AX-Evil%3A%20%C3%BC")
        .doesNotContainKey("traceparent");
  }

  @Test
  void shouldGiveTheCallUpWhenCancelled() {
    authorization.complete("Bearer t");
    var outcome = call("http://127.0.0.1:1", "k", "t").send(ANY_JSON);

    outcome.cancel(true);

    assertThat(answer).isCancelled();
  }

  @Test
  void shouldNotCallAtAllWhenCancelledBeforeCredentialsAreThere() {
    var outcome = call("http://127.0.0.1:1", "k", "t").send(ANY_JSON);

    outcome.cancel(true);
    authorization.complete("Bearer t");

    assertThat(sent).isEmpty();
  }

  @Test
  void shouldReportADefectAsInternal() {
    authorization.completeExceptionally(new IllegalStateException("broken"));

    var outcome = call("http://127.0.0.1:1", "k", "t").send(ANY_JSON).join();

    assertThat(outcome)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.INTERNAL)
        .hasFieldOrPropertyWithValue("message", "IllegalStateException: broken");
  }

  @Test
  void shouldTellTheServiceWhichReplayOfItsRequestItIs() {
    call("http://localhost", "key", "trace", 3).send(ANY_JSON);
    authorization.complete("Bearer t");

    assertThat(headers()).containsEntry("Backstop-Generation", "3");
    assertThat(headers()).containsEntry("Idempotency-Key", "key");
  }

  @Test
  void shouldSayNothingOfGenerationsWhereNothingWasReplayed() {
    call("http://localhost", "key", "trace").send(ANY_JSON);
    authorization.complete("Bearer t");

    assertThat(headers()).doesNotContainKey("Backstop-Generation");
  }
}
