package io.backstop.topology;

import static io.backstop.topology.ActionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.backstop.action.ActionRequest;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.action.TaskPayload;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What an operator finds in the log about requests, down to DEBUG, and what nobody finds there. */
class LogScenarioTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SECRET = "secret-of-the-payload";
  private static final org.slf4j.Logger OF_TARGET = LoggerFactory.getLogger("a.target.of.ones.own");

  /** Logs a line of its own, and then has a defect when it is told to. */
  private static final class Talking implements ActionExecutor {
    @Override
    public Target target() {
      return new Target("talking:run", PayloadFamily.TASK);
    }

    @Override
    public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
      OF_TARGET.info("on my way");
      if (request.getRequestId().startsWith("defect")) {
        throw new IllegalStateException("broken");
      }
      return new CompletableFuture<>();
    }
  }

  @TempDir private Path stateDir;
  private final Logger ours = (Logger) LoggerFactory.getLogger("io.backstop");
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger target = (Logger) OF_TARGET;
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private Level before;
  private ActionScenario flow;

  @BeforeEach
  void start() {
    flow =
        new ActionScenario(
            stateDir,
            List.of(new Talking()),
            "backstop.services.notion.token",
            "token-of-notion",
            "backstop.retry.max-attempts",
            "1");
    before = ours.getLevel();
    ours.setLevel(Level.DEBUG);
    target.setLevel(Level.INFO);
    lines.start();
    root.addAppender(lines);
  }

  @AfterEach
  void close() {
    root.detachAppender(lines);
    ours.setLevel(before);
    flow.close();
  }

  private void publish(String id, String action) {
    TaskPayload payload = TaskPayload.newBuilder().setTitle(SECRET).setContainer(SECRET).build();
    ActionRequest request =
        ActionRequest.newBuilder(request(id))
            .setAction(action)
            .setIdempotencyKey(id)
            .setPayload(payload)
            .build();
    var headers = new RecordHeaders();
    String traceparent = "00-" + TRACE + "-00f067aa0ba902b7-01";
    headers.add("traceparent", traceparent.getBytes(StandardCharsets.UTF_8));
    headers.add("Authorization", SECRET.getBytes(StandardCharsets.UTF_8));
    byte[] key = id.getBytes(StandardCharsets.UTF_8);
    flow.requests.pipeInput(new TestRecord<>(key, flow.requestEncoder.encode(request), headers));
  }

  private List<ILoggingEvent> about(String requestId) {
    return lines.list.stream()
        .filter(each -> requestId.equals(each.getMDCPropertyMap().get("requestId")))
        .toList();
  }

  private ILoggingEvent only(String requestId, String message) {
    return about(requestId).stream()
        .filter(each -> each.getFormattedMessage().startsWith(message))
        .reduce(
            (one, other) -> {
              throw new AssertionError("two lines: " + one + ", " + other);
            })
        .orElseThrow(() -> new AssertionError(message + " is not among " + lines.list));
  }

  @Test
  void shouldMarkEveryLineAboutARequestWithItsIdAndItsTrace() {
    publish("defect-1", "talking:run");

    publish("refused-1", "no:such");

    assertThat(only("refused-1", "request refused").getMDCPropertyMap())
        .containsEntry("traceId", TRACE);
    assertThat(List.of("on my way", "executor failed", "call ended", "request ended"))
        .allSatisfy(
            message ->
                assertThat(only("defect-1", message).getMDCPropertyMap())
                    .containsEntry("traceId", TRACE));
  }

  @Test
  void shouldNotMarkLinesWithTheRequestThatTheThreadHadBefore() {
    publish("r-1", "talking:run");
    OF_TARGET.info("about nothing");
    publish("r-2", "talking:run");

    assertThat(about("r-1")).extracting(ILoggingEvent::getMessage).containsOnly("on my way");
    assertThat(about("r-2")).extracting(ILoggingEvent::getMessage).containsOnly("on my way");
    assertThat(lines.list)
        .filteredOn(each -> each.getMessage().equals("about nothing"))
        .singleElement()
        .satisfies(each -> assertThat(each.getMDCPropertyMap()).isEmpty());
  }

  @Test
  void shouldNotBeginANewLineWhereAnIdHasALineEnd() {
    publish("defect\nERROR forged", "talking:run");

    assertThat(lines.list)
        .filteredOn(each -> each.getMessage().equals("on my way"))
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.getMDCPropertyMap())
                    .containsEntry("requestId", "defect?ERROR forged"));
  }

  @Test
  void shouldLogNeitherPayloadsNorHeadersNorTokens() {
    publish("defect-1", "talking:run");
    publish("r-1", "notion:createPage");
    publish("r-2", "no:such");
    byte[] poison = ("poison " + SECRET).getBytes(StandardCharsets.UTF_8);
    flow.requests.pipeInput(poison, poison);

    assertThat(lines.list).isNotEmpty();
    assertThat(lines.list)
        .allSatisfy(
            each -> {
              String trace =
                  each.getThrowableProxy() == null
                      ? ""
                      : ThrowableProxyUtil.asString(each.getThrowableProxy());
              assertThat(each.getFormattedMessage() + each.getMDCPropertyMap() + trace)
                  .doesNotContain(SECRET, "token-of-notion");
            });
  }
}
