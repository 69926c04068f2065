package io.backstop.bench;

import io.backstop.config.BackstopConfig;
import io.backstop.config.ServiceAccess;
import io.backstop.executor.CallContext;
import io.backstop.executor.auth.BearerToken;
import io.backstop.executor.http.HttpCall;
import io.backstop.executor.http.HttpReply;
import io.backstop.executor.http.HttpTransport;
import io.backstop.executor.slack.PostMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The calls that Backstop makes, ready-made: the bare loop sends the same bytes. */
final class SlackCalls {
  private static final String KEY_HEADER = "Idempotency-Key";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ServiceAccess slack;
  private final HttpCall model;
  private final List<Map.Entry<String, String>> commonHeaders;

  SlackCalls(BackstopConfig config) {
    this.slack = config.services().get("slack");
    this.model = captured("model");
    this.commonHeaders =
        model.headers().stream().filter(each -> !each.getKey().equals(KEY_HEADER)).toList();
  }

  /** Body of the call that Backstop makes for the request with an id. */
  byte[] body(String id) {
    return captured(id).body();
  }

  /**
   * @param input with the request's id as key and the body as value
   */
  CompletableFuture<HttpReply> send(HttpTransport http, ConsumerRecord<byte[], byte[]> input) {
    List<Map.Entry<String, String>> headers = new ArrayList<>(commonHeaders);
    headers.add(Map.entry(KEY_HEADER, "key-" + new String(input.key(), StandardCharsets.UTF_8)));
    return http.send(
        new HttpCall(model.method(), model.uri(), headers, input.value(), model.timeout()));
  }

  private HttpCall captured(String id) {
    var recorder = new Recorder();
    var request = SampleRequests.slackMessage(id);
    new PostMessage()
        .execute(
            request,
            new CallContext(
                request.getIdempotencyKey(),
                1,
                Optional.empty(),
                TIMEOUT,
                slack,
                BearerToken.of("slack", slack),
                recorder));
    return recorder.last;
  }

  private static final class Recorder implements HttpTransport {
    private HttpCall last;

    @Override
    public CompletableFuture<HttpReply> send(HttpCall call) {
      last = call;
      return new CompletableFuture<>();
    }

    @Override
    public void close() {
      // holds nothing
    }
  }
}
