package io.backstop.executor.file;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.backstop.action.MessagePayload;
import io.backstop.action.Outcome;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ConsoleLogTest {
  private final ConsoleLog console = new ConsoleLog();
  private final FileCalls calls = new FileCalls(Path.of("unused"));
  private final Logger logger = (Logger) LoggerFactory.getLogger(ConsoleLog.LOGGER);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
    logger.setAdditive(false);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
    logger.setAdditive(true);
  }

  private static MessagePayload message(String text) {
    return MessagePayload.newBuilder()
        .setRecipients(List.of("C1"))
        .setBcc(List.of("hidden@example.org"))
        .setSubject("Deploy")
        .setText(text)
        .build();
  }

  private String line() {
    assertThat(lines.list).hasSize(1);
    return lines.list.get(0).getFormattedMessage();
  }

  @Test
  void shouldLogAMessageAsOneLine() {
    var original = FileCalls.request("slack:postMessage", message("done"));

    var outcome = calls.standIn(console, "k-1", message("done"), original);

    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(lines.list.get(0).getLevel()).isEqualTo(Level.INFO);
    assertThat(line())
        .isEqualTo(
            "message requestId=\"r-1\" action=\"slack:postMessage\" submitter=\"billing\""
                + " to=[\"C1\"] subject=\"Deploy\" text=\"done\""
                + " primaryError=\"Notion answered 503: service unavailable\"");
  }

  @Test
  void shouldBeSeenUnderTheBundledLogSettings() {
    assertThat(logger.isInfoEnabled()).isTrue();
  }

  @Test
  void shouldKeepAMessageFromLookingLikeLinesOrFields() {
    calls.execute(console, "k-1", message("a\r\n12:00 ERROR x\u001b[2J\u2028\" action=\"b\\ {}"));

    assertThat(line())
        .endsWith("text=\"a\\r\\n12:00 ERROR x\\u{1b}[2J\\u{2028}\\\" action=\\\"b\\\\ {}\"");
  }

  @Test
  void shouldBoundTheLine() {
    var payload =
        MessagePayload.newBuilder(message("x".repeat(100_000)))
            .setRecipients(List.of("a", "b", "c", "d", "e", "f", "g"))
            .build();

    calls.execute(console, "k-1", payload);

    assertThat(line()).hasSizeLessThan(2_500).contains("x...\"").contains("\"e\",and 2 more]");
  }

  @Test
  void shouldAskForAText() {
    var request = FileCalls.request("console:log", new MessagePayload());

    assertThat(console.problems(request))
        .containsExactly("payload.text is missing: a line of the log needs a text");
    assertThat(console.problems(FileCalls.request("console:log", message("x")))).isEmpty();
  }

  @Property
  void shouldQuoteAnyTextInOneLine(@ForAll @StringLength(max = 50) String text) {
    String quoted = OneLine.quoted(text, 30);

    assertThat(quoted.lines().count()).isEqualTo(1);
    assertThat(quoted.chars().noneMatch(Character::isISOControl)).isTrue();
    assertThat(quoted.substring(1, quoted.length() - 1).replaceAll("\\\\.", ""))
        .doesNotContain("\"");
  }
}
