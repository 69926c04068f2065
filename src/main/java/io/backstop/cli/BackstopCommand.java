package io.backstop.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ./backstop}: the commands, in the order in which a newcomer meets them. */
@Command(
    name = "backstop",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Executes action requests from Kafka, each with exactly one recorded outcome.",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      PublishCommand.class,
      ResultsCommand.class,
      DeadLettersCommand.class,
      ReplayCommand.class,
      StatsCommand.class,
      EventsCommand.class,
      CircuitsCommand.class,
      CacheCommand.class,
      StrategiesCommand.class,
      FailuresCommand.class,
      TargetsCommand.class,
      AuditCommand.class,
      TopicsCommand.class,
      DevClusterCommand.class,
      SimulatorCommand.class,
      BenchCommand.class,
      TortureCommand.class,
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:done",
      "  1:done, but something in it failed: a bad line, a lost request",
      "  2:the command line is wrong",
      "  3:cannot start: configuration, broker, registry, topic, port",
      "  4:a replay has stopped before its end: it was cancelled, or has stopped by itself",
      " 70:a defect of this program",
      "130:stopped by Ctrl-C",
    },
    footer = {
      "",
      "Each command has its own --help.",
      "BACKSTOP_OPTS holds options for Java; BACKSTOP_CLASSPATH jars with targets of your own;",
      "BACKSTOP_DEBUG=1 works as --debug; BACKSTOP_LOG_FORMAT=json logs JSON lines."
    })
public final class BackstopCommand implements Runnable {
  private static final int HELP_WIDTH = 100;

  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  private boolean debug;

  /** Runs one command line in this process; the result is its exit code. */
  public static int execute(String... args) {
    PrintWriter err = utf8(System.err);
    Optional<String> wrong = LogFormat.problem(System.getenv(LogFormat.VARIABLE));
    if (wrong.isPresent()) {
      err.println("backstop: " + wrong.get());
      return ExitCode.CANNOT_START;
    }
    return commandLine(utf8(System.out), err).execute(args);
  }

  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    var root = new BackstopCommand();
    boolean debugVariable = "1".equals(System.getenv("BACKSTOP_DEBUG"));
    var errors = new ErrorLines(() -> root.debug || debugVariable);
    CommandLine line =
        new CommandLine(root)
            .setOut(out)
            .setErr(err)
            .setUsageHelpWidth(HELP_WIDTH)
            .setParameterExceptionHandler(errors)
            .setExecutionExceptionHandler(errors)
            .setAbbreviatedOptionsAllowed(false)
            .setCaseInsensitiveEnumValuesAllowed(true);
    CommandSummaries.useIn(line);
    return line;
  }

  /** Always UTF-8, whatever the locale: JSON lines must be. */
  private static PrintWriter utf8(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
