package io.backstop.cli;

import io.backstop.demo.DemoLoad;
import io.backstop.demo.DemoOutput;
import io.backstop.demo.DemoPorts;
import io.backstop.demo.DemoReport;
import io.backstop.demo.DemoRun;
import io.backstop.demo.DemoSystem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backstop demo}: everything in one process, and proof that no request is lost. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs Kafka, a schema registry, simulated services and the processor in this process,",
      "publishes requests and shows what became of each. Then the simulated Notion goes down and",
      "returns, others too, and you see circuits open, probe and close, and fallbacks do the work.",
      "Needs nothing else, and keeps nothing but what fallbacks wrote.",
      "Then it stays up, so that you can publish requests of your own; --exit ends it."
    },
    footerHeading = "%nWith --exit the last line is JSON:%n",
    footer = {
      "  published      records in actions.requests: the sample and the generated ones",
      "  distinct       different idempotency keys among the valid ones",
      "  succeeded      done by the action that was asked for",
      "  viaFallback    done by a fallback; how many by each one: fallbacks",
      "  duplicates     answered by the outcome of an earlier one with the same key, without a call",
      "  deadLettered   kept as a dead letter: refused, unreadable, or failed for good",
      "  lost           without any outcome",
      "  recordedTwice  with more than one outcome",
      "  seconds        from the start of the command to the last outcome",
      "  fromCache      of those succeeded: answered with an earlier result, Notion being down",
      "  rejected       of those dead-lettered: the circuit was open, and no fallback did it",
      "  circuitOpened  how often a circuit opened during the outage, after failed probes too",
      "  circuitClosed  how often one closed",
      "Exit code 0: each published record has exactly one outcome, read back from Kafka."
    })
final class DemoCommand implements Callable<Integer> {
  private static final int MOST_REQUESTS = 100_000;
  private static final int LONGEST_OUTAGE = 600;

  @Spec private CommandSpec spec;

  @Option(
      names = "--requests",
      defaultValue = "500",
      paramLabel = "N",
      description = "Generated requests beside the sample. Default: ${DEFAULT-VALUE}.")
  private int requests;

  @Option(
      names = "--outage-seconds",
      defaultValue = "5",
      paramLabel = "N",
      description = "How long Notion is down in the second phase. Default: ${DEFAULT-VALUE}.")
  private int outageSeconds;

  @Option(names = "--no-outage", description = "Leave the second phase out.")
  private boolean noOutage;

  @Option(names = "--exit", description = "End when all have their outcome, on free ports.")
  private boolean exit;

  @Option(
      names = "--timeout",
      defaultValue = "120",
      paramLabel = "SECONDS",
      description = {
        "Longest wait for all outcomes; again from the end of the outage.",
        "Default: ${DEFAULT-VALUE}."
      })
  private int timeout;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of the broker; 0 takes a free one. Default: 9092 if free.")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      description = "Port of the schema registry. Default: 8081 if free.")
  private Optional<Integer> registryPort = Optional.empty();

  @Option(
      names = "--simulator-port",
      paramLabel = "PORT",
      description = "Port of the simulated services. Default: 8090 if free.")
  private Optional<Integer> simulatorPort = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = {
        "Where fallbacks write: CSV log, backup files, mailbox. New or empty; it is left there.",
        "Default: a new directory below backstop-demo in the working directory."
      })
  private Optional<Path> output = Optional.empty();

  @Override
  public Integer call() {
    long startedAt = System.nanoTime();
    require("--requests", requests, 0, MOST_REQUESTS);
    require("--timeout", timeout, 1, 86_400);
    require("--outage-seconds", outageSeconds, 1, LONGEST_OUTAGE);
    CheckoutOnly.requireBroker();
    PrintWriter out = spec.commandLine().getOut();
    say(out, "Starting Kafka, schema registry, simulated services and the processor ...");
    DemoPorts ports = DemoPorts.choose(port, registryPort, simulatorPort, !exit);
    DemoOutput written = DemoOutput.create(output, LocalDateTime.now(ZoneId.systemDefault()));
    try (var stop = new StopSignal()) {
      return untilStopped(ports, written, startedAt, stop, out);
    }
  }

  private int untilStopped(
      DemoPorts ports, DemoOutput written, long startedAt, StopSignal stop, PrintWriter out) {
    try (var system = DemoSystem.start(ports, written, line -> say(out, line))) {
      var run = new DemoRun(system, load(), startedAt, stop.reason());
      say(out, "Publishing %,d requests ...".formatted(run.planned()));
      DemoReport report = run.toEnd(out);
      out.println();
      report.lines().forEach(out::println);
      out.println(DemoText.calls(system));
      DemoText.written(system).forEach(out::println);
      if (exit) {
        say(out, report.json());
      } else {
        stayUp(system, report, stop, out);
      }
      stop.problem().ifPresent(why -> spec.commandLine().getErr().println("backstop: " + why));
      boolean good = report.isComplete() && stop.problem().isEmpty();
      return good ? ExitCode.OK : ExitCode.FAILED;
    } catch (RuntimeException e) {
      if (stop.isAskedFor()) {
        // what is stopped while it starts fails in ways that say nothing
        return ExitCode.FAILED;
      }
      throw e;
    }
  }

  private DemoLoad load() {
    var outage =
        noOutage ? Optional.<Duration>empty() : Optional.of(Duration.ofSeconds(outageSeconds));
    return new DemoLoad(requests, outage, Duration.ofSeconds(timeout));
  }

  private static void stayUp(
      DemoSystem system, DemoReport report, StopSignal stop, PrintWriter out) {
    if (!stop.reason().isDone()) {
      DemoText.invitation(system, report.exampleLetter()).forEach(out::println);
      out.flush();
    }
    stop.reason().join();
    say(out, "Stopping ...");
  }

  private void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(),
          "%s %d is not between %d and %d".formatted(option, value, least, most));
    }
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
