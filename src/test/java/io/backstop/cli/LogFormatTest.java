package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.ConsoleAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backstop.action.RequestLog;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LogFormatTest {
  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterEach
  void stop() {
    context.stop();
  }

  /** A logger as {@code logback.xml} sets it up, that writes here. */
  private Logger logger(String format) throws Exception {
    context.setMDCAdapter(
        ((LoggerContext) org.slf4j.LoggerFactory.getILoggerFactory()).getMDCAdapter());
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    String file =
        new String(
            LogFormat.class.getResourceAsStream("/logback.xml").readAllBytes(),
            StandardCharsets.UTF_8);
    String chosen = file.replace("${format}", format);
    configurator.doConfigure(
        new java.io.ByteArrayInputStream(chosen.getBytes(StandardCharsets.UTF_8)));
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    ((ConsoleAppender<?>) root.getAppender("log")).setOutputStream(out);
    return context.getLogger("io.backstop.test");
  }

  private String written() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shouldWriteOneJsonObjectPerLineWithTheRequestAsFields() throws Exception {
    Logger logger = logger("json");
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    RequestLog.about(
        "r-1",
        Optional.of("00-" + trace + "-00f067aa0ba902b7-01"),
        () -> logger.error("failed\nin two lines", new IllegalStateException("why")));

    assertThat(written().lines()).hasSize(1);
    JsonNode line = new ObjectMapper().readTree(written());
    assertThat(line.path("level").asText()).isEqualTo("ERROR");
    assertThat(line.path("logger").asText()).isEqualTo("io.backstop.test");
    assertThat(line.path("message").asText()).isEqualTo("failed\nin two lines");
    assertThat(line.path("requestId").asText()).isEqualTo("r-1");
    assertThat(line.path("traceId").asText()).isEqualTo(trace);
    assertThat(line.path("stackTrace").asText()).contains("IllegalStateException: why");
    assertThat(line.path("@timestamp").asText()).isNotBlank();
  }

  @Test
  void shouldWriteTextWithTheRequestBehindTheMessage() throws Exception {
    Logger logger = logger("text");

    RequestLog.about("r-1", Optional.of("no trace"), () -> logger.info("done"));
    logger.info("about nothing");

    assertThat(written().lines().toList().get(0)).endsWith(" - done requestId=r-1");
    assertThat(written().lines().toList().get(1)).endsWith(" - about nothing");
  }

  @Test
  void shouldSayWhatIsAllowedWhenTheFormatIsNot() {
    assertThat(LogFormat.problem("xml"))
        .hasValueSatisfying(why -> assertThat(why).contains("json"));
    assertThat(LogFormat.problem("JSON")).isEmpty();
    assertThat(LogFormat.problem(null)).isEmpty();
  }
}
