package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.config.StartupException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class BackstopCommandTest {
  @TempDir private Path directory;

  private static CommandLine root() {
    return BackstopCommand.commandLine(
        new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
  }

  /** Command line of every command there is: {@code backstop topics check}. */
  static List<String> commands() {
    var found = new ArrayList<String>();
    collect(root(), found);
    return found;
  }

  private static void collect(CommandLine command, List<String> found) {
    found.add(command.getCommandSpec().qualifiedName());
    command.getSubcommands().values().forEach(sub -> collect(sub, found));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shouldExplainEveryCommand(String line) {
    String[] args = (line + " --help").replaceFirst("backstop ", "").split(" ");

    var run = CommandRun.of(args);

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).contains("Usage: " + line);
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "dead-letters --help", "bench --help", "targets --help"})
  void shouldSumUpEachCommandInAWholeSentence(String line) {
    String help = CommandRun.of(line.split(" ")).out();

    String commands = help.substring(help.indexOf("Commands:")).replaceAll("\\n {6,}", " ");
    assertThat(commands.lines().skip(1).takeWhile(each -> each.startsWith("  ")))
        .isNotEmpty()
        .allMatch(each -> each.strip().endsWith("."));
  }

  @Test
  void shouldOfferNothingThatIsRefused() {
    assertThat(CommandRun.of("dead-letters", "list", "--help").out())
        .contains("EXHAUSTED", "TIMEOUT", "OPEN")
        .doesNotContain("UNKNOWN", "tried last");
    assertThat(CommandRun.of("dead-letters", "groups", "--help").out()).doesNotContain("UNKNOWN");
    assertThat(CommandRun.of("events", "--help").out()).doesNotContain("UNKNOWN");
  }

  @Test
  void shouldListTheExitCodes() {
    assertThat(CommandRun.of("--help").out())
        .containsSubsequence("Exit codes:", "0", "1", "2", "3", "70", "130");
  }

  @Test
  void shouldPrintItsVersion() {
    assertThat(CommandRun.of("--version").out()).startsWith("backstop ").contains("Java ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "publsh",
        "torture --seconds 5",
        "torture --group-protocol consumer",
        "topics",
        "dead-letters",
        "dead-letters show",
        "dead-letters list --failure-class TIMOUT",
        "dead-letters list --since yesterday",
        "dead-letters list --limit 0",
        "dead-letters list --status unknown",
        "dead-letters list --from-topic --url http://127.0.0.1:1",
        "dead-letters export",
        "dead-letters dismiss",
        "dead-letters dismiss l-1 --target notion:createPage",
        "dead-letters dismiss --status OPEN --yes",
        "dead-letters dismiss l-1 --reason EXHAUSTED",
        "dead-letters dismiss --status OPEN --yes --dry-run --reason why",
        "dead-letters categorize l-1",
        "dead-letters note l-1",
        "audit --limit 0",
        "targets",
        "targets pause",
        "results --limit 0",
        "results --since yesterday",
        "results --from-beginning --since 1h",
        "publish --file /does/not/exist.jsonl",
        "publish --nonsense",
        "events --type circuit",
        "events --limit many",
        "circuits reset",
        "circuits force-open notion slack",
        "circuits configure notion",
        "circuits configure notion circuit.window",
        "circuits configure notion =10s",
        "circuits configure notion timeout=1s timeout=2s",
        "circuits --json settings notion",
        "circuits --watch reset notion",
        "cache",
        "cache clear",
        "cache clear --all notion:query",
        "cache clear --all --key k",
        "bench replay --set nonsense=1"
      })
  void shouldRefuseAWrongCommandLineInOneLine(String line) {
    String[] args = line.isEmpty() ? new String[0] : line.split(" ");

    var run = CommandRun.of(args);

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines().findFirst().orElseThrow())
        .startsWith("backstop: ")
        .contains("--help'");
    assertThat(run.err()).doesNotContain("\tat ");
  }

  @Test
  void shouldNameTheCommandThatWasProbablyMeant() {
    assertThat(CommandRun.of("publsh").err()).contains("Did you mean: backstop publish?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topics check",
        "topics create",
        "results",
        "dead-letters list",
        "dead-letters show l-1",
        "dead-letters groups",
        "dead-letters export --file -",
        "dead-letters dismiss l-1",
        "audit",
        "audit --follow",
        "targets list",
        "targets pause notion:createPage",
        "failures clear notion",
        "stats",
        "events",
        "circuits",
        "circuits reset notion",
        "circuits configure notion timeout=1s",
        "circuits settings notion",
        "cache stats",
        "cache clear --all"
      })
  void shouldSayInOneLineThatNoBrokerAnswers(String line) throws Exception {
    try (var silent = new ServerSocket(0)) {
      String yaml =
          "backstop:\n  kafka:\n    bootstrap-servers: 127.0.0.1:%d\n    start-timeout: 1s\n"
              .formatted(silent.getLocalPort());

      var run = CommandRun.with(directory, yaml, line.split(" "));

      assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_START);
      assertThat(run.err())
          .startsWith("backstop: no Kafka broker answered at 127.0.0.1:")
          .hasLineCount(1);
    }
  }

  @Test
  void shouldSayInOneLineWhatIsWrongWithTheConfiguration() {
    var run = CommandRun.with(directory, "backstop:\n  kafak: {x: 1}\n", "topics", "check");

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_START);
    assertThat(run.err()).startsWith("backstop: ").contains("kafak");
  }

  @Command(name = "failing")
  static final class Failing implements Runnable {
    private final RuntimeException failure;

    Failing(RuntimeException failure) {
      this.failure = failure;
    }

    @Override
    public void run() {
      throw failure;
    }
  }

  private static CommandRun failing(RuntimeException failure, String... options) {
    var out = new StringWriter();
    var err = new StringWriter();
    var commandLine =
        BackstopCommand.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
            .addSubcommand("failing", new Failing(failure))
            .setErr(new PrintWriter(err, true));
    var args = new ArrayList<>(List.of(options));
    args.add("failing");
    int exitCode = commandLine.execute(args.toArray(String[]::new));
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  @Test
  void shouldPrintNoStackTraceUnlessAsked() {
    var failure = new IllegalStateException("first line\nsecond line");

    var plain = failing(failure);
    var debug = failing(failure, "--debug");

    assertThat(plain.exitCode()).isEqualTo(ExitCode.INTERNAL);
    assertThat(plain.err())
        .isEqualToIgnoringNewLines(
            "backstop: internal error: IllegalStateException: first line (--debug shows where)");
    assertThat(debug.err()).contains("\tat io.backstop");
  }

  @Test
  void shouldEndWithThreeWhenItCannotStart() {
    var run = failing(new StartupException("the disk is full: make room"));

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_START);
    assertThat(run.err()).isEqualToIgnoringNewLines("backstop: the disk is full: make room");
  }
}
