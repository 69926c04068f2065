package io.backstop.cli;

import io.backstop.bench.BenchOptions;
import io.backstop.bench.BreakerBench;
import io.backstop.bench.BreakerOptions;
import io.backstop.bench.CallsBench;
import io.backstop.bench.DeskBench;
import io.backstop.bench.DeskOptions;
import io.backstop.bench.OverheadBench;
import io.backstop.bench.ReplayBench;
import io.backstop.bench.ReplayOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backstop bench overhead|calls|breaker|desk|replay|scale|takeover}. */
@Command(
    name = "bench",
    subcommands = {BenchScaleCommand.class, BenchTakeoverCommand.class},
    mixinStandardHelpOptions = true,
    description = {
      "Measures what Backstop costs on this machine, against the barest loop that could do the same,",
      "how soon a fleet stops calling a service that is down, how long queries take, how fast",
      "dead letters are replayed, how cost grows, and how soon others take over from an instance",
      "that was killed.",
      "Starts what it needs by itself. The last line is JSON."
    },
    footer = {
      "",
      "Two more need libraries that the product does not have; ./backstop builds them first:",
      "  peers  Backstop beside Spring Kafka, Parallel Consumer and a bare loop",
      "  micro  idempotency check, circuit and serdes by themselves (JMH)"
    })
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Options of every bench. */
  static final class Measuring {
    @Option(
        names = "--rounds",
        paramLabel = "N",
        defaultValue = "3",
        description = "Rounds of each side, after one to warm up. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
        names = "--partitions",
        paramLabel = "N",
        defaultValue = "1",
        description = "Partitions of every topic. Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
        names = "--threads",
        paramLabel = "N",
        defaultValue = "1",
        description = "Threads of each side, at most one per partition. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Mixin private BenchSettingsOption settings;

    private BenchOptions with(CommandSpec command, int requests, int pacedSeconds) {
      CheckoutOnly.requireBroker();
      boolean counts = requests > 0 && rounds > 0 && partitions > 0 && threads > 0;
      if (!counts || threads > partitions || pacedSeconds < 0) {
        throw new ParameterException(
            command.commandLine(),
            "requests, rounds, partitions and threads must be 1 or more, and threads at most"
                + " partitions");
      }
      return new BenchOptions(
          requests, rounds, partitions, threads, pacedSeconds, settings.given());
    }
  }

  @Command(
      name = "overhead",
      mixinStandardHelpOptions = true,
      description = {
        "A target that takes no time, 500-byte payloads: the cost of Backstop itself, against a",
        "consume, produce and commit loop. Then the time from publish to visible result at 500/s."
      })
  int overhead(
      @Mixin Measuring measuring,
      @Option(
              names = "--requests",
              paramLabel = "N",
              defaultValue = "200000",
              description = "Requests of each round. Default: ${DEFAULT-VALUE}.")
          int requests,
      @Option(
              names = "--paced-seconds",
              paramLabel = "N",
              defaultValue = "20",
              description = "Length of the run at 500/s, 0 for none. Default: ${DEFAULT-VALUE}.")
          int pacedSeconds) {
    BenchOptions options = measuring.with(spec, requests, pacedSeconds);
    OverheadBench.run(options, spec.commandLine().getOut());
    return ExitCode.OK;
  }

  @Command(
      name = "calls",
      mixinStandardHelpOptions = true,
      description = {
        "Calls to the simulator, which answers after 20 ms, 256 in flight, against a consume, call,",
        "produce and commit loop with the same HTTP client."
      })
  int calls(
      @Mixin Measuring measuring,
      @Option(
              names = "--requests",
              paramLabel = "N",
              defaultValue = "50000",
              description = "Requests of each round. Default: ${DEFAULT-VALUE}.")
          int requests) {
    CallsBench.run(measuring.with(spec, requests, 0), spec.commandLine().getOut());
    return ExitCode.OK;
  }

  @Command(
      name = "breaker",
      mixinStandardHelpOptions = true,
      description = {
        "A service that goes down again and again under three instances: the time from the failure",
        "that crosses the threshold in one instance to the last call of the same instance and of",
        "the fleet, the calls leaked until then, and the way back."
      })
  int breaker(
      @Option(
              names = "--trips",
              paramLabel = "N",
              defaultValue = "50",
              description = "How often the service goes down. Default: ${DEFAULT-VALUE}.")
          int trips,
      @Option(
              names = "--rate",
              paramLabel = "N",
              defaultValue = "100",
              description = "Requests per second. Default: ${DEFAULT-VALUE}.")
          int rate,
      @Mixin BenchSettingsOption settings) {
    if (trips < 1 || rate < 1) {
      throw new ParameterException(spec.commandLine(), "trips and rate must be 1 or more");
    }
    CheckoutOnly.requireBroker();
    BreakerBench.run(
        new BreakerOptions(trips, rate, settings.given()), spec.commandLine().getOut());
    return ExitCode.OK;
  }

  @Command(
      name = "desk",
      mixinStandardHelpOptions = true,
      description = "Queries about many dead letters: how long a page, a letter, the groups take.")
  int desk(
      @Option(
              names = "--letters",
              paramLabel = "N",
              defaultValue = "100000",
              description = "Dead letters. Default: ${DEFAULT-VALUE}.")
          int letters,
      @Option(
              names = "--queries",
              paramLabel = "N",
              defaultValue = "300",
              description = "Queries of each kind. Default: ${DEFAULT-VALUE}.")
          int queries,
      @Option(
              names = "--instances",
              paramLabel = "N",
              defaultValue = "2",
              description = "Instances that share the letters. Default: ${DEFAULT-VALUE}.")
          int instances,
      @Mixin BenchSettingsOption settings) {
    if (letters < 1 || queries < 1 || instances < 1) {
      throw new ParameterException(
          spec.commandLine(), "letters, queries and instances must be 1 or more");
    }
    CheckoutOnly.requireBroker();
    DeskBench.run(
        new DeskOptions(letters, queries, instances, settings.given()),
        spec.commandLine().getOut());
    return ExitCode.OK;
  }

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = {
        "Dead letters replayed as fast as may be: how many a second, and the time from publish to",
        "visible result of live requests without the replay and while it runs."
      })
  int replay(
      @Option(
              names = "--letters",
              paramLabel = "N",
              defaultValue = "20000",
              description = "Dead letters. Default: ${DEFAULT-VALUE}.")
          int letters,
      @Option(
              names = "--rate",
              paramLabel = "N",
              defaultValue = "500",
              description = "Live requests per second. Default: ${DEFAULT-VALUE}.")
          int rate,
      @Option(
              names = "--seconds",
              paramLabel = "N",
              defaultValue = "20",
              description = "Length of the run without a replay. Default: ${DEFAULT-VALUE}.")
          int seconds,
      @Mixin BenchSettingsOption settings) {
    if (letters < 1 || rate < 1 || seconds < 1) {
      throw new ParameterException(
          spec.commandLine(), "letters, rate and seconds must be 1 or more");
    }
    CheckoutOnly.requireBroker();
    ReplayBench.run(
        new ReplayOptions(letters, rate, seconds, settings.given()), spec.commandLine().getOut());
    return ExitCode.OK;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say 'overhead', 'calls', 'breaker', 'desk', 'replay', 'scale' or 'takeover', or to ./backstop 'peers' or 'micro'");
  }
}
