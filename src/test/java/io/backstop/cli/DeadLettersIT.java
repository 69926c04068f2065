package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backstop.admin.DeskFleet;
import io.backstop.admin.ServedProcessor;
import io.backstop.testing.BrokerExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands about dead letters against a running instance. */
class DeadLettersIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final int LETTERS = 620;
  private static final String TOKEN = "t0p-s3cret";

  @TempDir private static Path shared;
  @TempDir private Path directory;
  private static DeskFleet fleet;
  private static ServedProcessor processor;

  @BeforeAll
  static void start() throws IOException {
    fleet = new DeskFleet(BROKER, shared, "backstop.query.token", TOKEN);
    fleet.write(LETTERS);
    processor = fleet.start("one");
  }

  @AfterAll
  static void stop() {
    processor.close();
  }

  private CommandRun run(String... args) {
    return runWith(TOKEN, args);
  }

  private CommandRun runWith(String token, String... args) {
    var config = fleet.config("unused");
    String yaml =
        """
        backstop:
          kafka: {bootstrap-servers: "%s"}
          registry: {url: "%s"}
          topics: {prefix: "%s"}
          query: {token: "%s"}
        """
            .formatted(
                config.kafka().bootstrapServers(),
                config.registry().url(),
                config.topics().prefix(),
                token);
    return CommandRun.with(directory, yaml, args);
  }

  private void awaitAll() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> run("dead-letters", "list", "--limit", "1000", "--json").outLines(),
            all -> all.size() == LETTERS);
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void shouldListNewestFirstAndGoOnAtTheCursor() {
    awaitAll();

    var first = run("dead-letters", "list", "--limit", "2");
    String cursor = first.err().replaceFirst("(?s).*--cursor (\\S+) goes on.*", "$1");
    var second = run("dead-letters", "list", "--limit", "2", "--json", "--cursor", cursor);

    assertThat(first.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(first.outLines()).hasSize(3);
    assertThat(first.outLines().get(0)).startsWith("CREATED").contains("STATUS", "ID", "REASON");
    assertThat(first.outLines().get(1)).contains(" l-619 ", "OPEN", "SERVER_ERROR");
    assertThat(second.outLines())
        .extracting(line -> json(line).path("id").asText())
        .containsExactly("l-617", "l-616");
  }

  @Test
  void shouldFilter() {
    awaitAll();

    var run =
        run(
            "dead-letters",
            "list",
            "--json",
            "--text",
            "L-61",
            "--failure-class",
            "server_error",
            "--since",
            "2026-11-22T12:00:00Z",
            "--until",
            "2026-11-22T12:10:15Z");

    assertThat(run.outLines())
        .extracting(line -> json(line).path("id").asText())
        .containsExactly("l-614", "l-613", "l-612", "l-611", "l-610", "l-61");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void shouldShowALetter() {
    awaitAll();

    var text = run("dead-letters", "show", "l-7");
    var json = run("dead-letters", "show", "l-7", "--json");

    assertThat(text.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(text.out())
        .contains("Dead letter l-7", "notion:createPage", "History", "page of database 7 refused");
    assertThat(json(json.out()).at("/letter/original/topic").asText())
        .isEqualTo("actions.requests");
  }

  @Test
  void shouldSayThatALetterIsNotThere() {
    var run = run("dead-letters", "show", "no such/letter");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("there is no dead letter no such/letter").hasLineCount(1);
  }

  @Test
  void shouldShowGroups() {
    awaitAll();

    var run = run("dead-letters", "groups");

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.outLines()).hasSize(2);
    assertThat(run.outLines().get(1)).startsWith("620 ").contains("notion:createPage");
  }

  @Test
  void shouldExportWholeLettersToAFile() throws IOException {
    awaitAll();
    Path file = directory.resolve("letters.jsonl");

    var run = run("dead-letters", "export", "--file", file.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).startsWith("620 dead letters written to ");
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(LETTERS);
    assertThat(json(lines.get(0)).at("/letter/id").asText()).isEqualTo("l-619");
    assertThat(json(lines.get(619)).at("/letter/attempts")).hasSize(1);
    try (var left = Files.list(directory)) {
      assertThat(left).noneMatch(each -> each.toString().endsWith(".part"));
    }
  }

  @Test
  void shouldExportToStandardOutput() {
    awaitAll();

    var run = run("dead-letters", "export", "--file", "-", "--limit", "3");

    assertThat(run.outLines())
        .extracting(line -> json(line).at("/letter/id").asText())
        .containsExactly("l-619", "l-618", "l-617");
  }

  @Test
  void shouldLeaveAFileThatCannotBeReplaced() {
    var run = run("dead-letters", "export", "--file", directory + "/no/such/place.jsonl");

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_START);
    assertThat(run.err()).contains("place.jsonl cannot be written").hasLineCount(1);
  }

  @Test
  void shouldSayThatTheTokenIsWrong() {
    var run = runWith("another", "dead-letters", "list");

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_START);
    assertThat(run.err()).contains("refuses the token", "backstop.query.token").hasLineCount(1);
  }

  @Test
  void shouldSayWhichInstancesItTried() {
    var run = run("dead-letters", "list", "--url", "http://127.0.0.1:1");

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_START);
    assertThat(run.err())
        .contains("tried http://127.0.0.1:1", "backstop run", "--url")
        .hasLineCount(1);
  }

  @Test
  void shouldShowTheSameFromTheTopicButForTheStatus() {
    awaitAll();

    var fleetPage = run("dead-letters", "list", "--limit", "7", "--json", "--text", "l-6");
    var topicPage =
        run("dead-letters", "list", "--limit", "7", "--json", "--text", "l-6", "--from-topic");

    assertThat(topicPage.err()).contains("As asked for: reading the topic itself");
    assertThat(topicPage.outLines())
        .isEqualTo(
            fleetPage.outLines().stream()
                .map(line -> line.replace("\"status\":\"OPEN\"", "\"status\":null"))
                .toList());
  }

  @Test
  void shouldCountWithoutChangingAnything() {
    awaitAll();

    var run = run("dead-letters", "dismiss", "--text", "l-61", "--json");
    var text = run("dead-letters", "categorize", "--text", "l-61", "--category", "known");

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    var selection = json(run.out()).path("selection");
    assertThat(selection.path("count").asLong()).isEqualTo(11);
    assertThat(selection.at("/filter/status").asText()).isEqualTo("OPEN");
    assertThat(selection.path("cutOff")).hasSize(4).allMatch(each -> each.asLong() == 155);
    assertThat(selection.path("hash").asText()).hasSize(32);
    assertThat(text.out())
        .contains("Would be categorized: 11 letters by filter text=l-61", "--yes does it");
  }

  @Test
  void shouldSayThatNothingWasCounted() {
    var run = run("stats");

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).isNotBlank();
  }
}
