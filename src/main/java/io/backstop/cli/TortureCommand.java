package io.backstop.cli;

import io.backstop.torture.Report;
import io.backstop.torture.TortureOptions;
import io.backstop.torture.TortureRun;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backstop torture}: whether the guarantees hold when everything breaks. */
@Command(
    name = "torture",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts a broker, a registry, simulated services and three processors in processes of their",
      "own, and under load kills and freezes processors, restarts the broker, stops the registry",
      "and lets services fail. Then it reads all topics and judges: exit code 1 on any violation.",
      "The same seed gives the same blows and the same load."
    })
final class TortureCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      paramLabel = "N",
      description = "Length of the load; starting and finishing come on top. Default: 60.")
  private int seconds;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Decides blows and load. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--rate",
      defaultValue = "40",
      paramLabel = "N",
      description = "Requests per second. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--group-protocol",
      defaultValue = "streams",
      paramLabel = "NAME",
      description = "streams or classic. Default: ${DEFAULT-VALUE}.")
  private String protocol;

  @Option(
      names = "--patience",
      defaultValue = "120",
      paramLabel = "SECONDS",
      description = "Longest wait for all outcomes at the end. Default: ${DEFAULT-VALUE}.")
  private int patience;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = {
        "Where logs and data are left; new or empty.",
        "Default: a temporary directory, kept only after a violation."
      })
  private Optional<Path> output = Optional.empty();

  @Option(names = "--json", description = "Print plan and verdict as JSON, and nothing else.")
  private boolean json;

  @Override
  public Integer call() {
    if (seconds < 10 || rate < 1 || patience < 1 || !protocol.matches("streams|classic")) {
      throw new ParameterException(
          spec.commandLine(),
          "--seconds must be 10 or more, --rate and --patience 1 or more, and --group-protocol"
              + " streams or classic");
    }
    var options =
        new TortureOptions(
            Duration.ofSeconds(seconds), seed, rate, protocol, Duration.ofSeconds(patience));
    PrintWriter out = spec.commandLine().getOut();
    Report report = TortureRun.run(options, output, json ? nowhere() : out);
    if (json) {
      out.println(report.json());
    } else {
      report.lines().forEach(out::println);
    }
    out.flush();
    return report.isClean() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static PrintWriter nowhere() {
    return new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }
}
