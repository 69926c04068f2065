package io.backstop.cli;

import io.backstop.bench.TakeoverBench;
import io.backstop.bench.TakeoverOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backstop bench takeover}. */
@Command(
    name = "takeover",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Kills instances that are processes of their own, with SIGKILL, and measures how long their",
      "partitions make no progress: each combination of group protocol, standby replicas and session",
      "timeout. About a minute for each."
    })
final class BenchTakeoverCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--keys",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Idempotency keys in the store. Default: ${DEFAULT-VALUE}.")
  private int keys;

  @Option(
      names = "--protocol",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "streams,classic",
      description = "Group protocols. Default: ${DEFAULT-VALUE}.")
  private List<String> protocols;

  @Option(
      names = "--standby",
      split = ",",
      paramLabel = "N",
      defaultValue = "0,1",
      description = "Standby replicas. Default: ${DEFAULT-VALUE}.")
  private List<Integer> standbys;

  @Option(
      names = "--session-timeout",
      split = ",",
      paramLabel = "DURATION",
      defaultValue = TakeoverOptions.DEFAULT + ",6s",
      description =
          "Session timeouts; 'default' is that of the configuration. Default: ${DEFAULT-VALUE}.")
  private List<String> sessionTimeouts;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "1",
      description = "Kills of each combination. Default: ${DEFAULT-VALUE}.")
  private int kills;

  @Option(
      names = "--instances",
      paramLabel = "N",
      defaultValue = "3",
      description = "Instances, 2 or more. Default: ${DEFAULT-VALUE}.")
  private int instances;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "12",
      description = "Partitions of every topic. Default: ${DEFAULT-VALUE}.")
  private int partitions;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "240",
      description = "Requests per second, with calls of 20 ms. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Mixin private BenchSettingsOption settings;

  @Mixin private BenchJsonOption json;

  @Override
  public Integer call() {
    boolean counts = keys > 0 && kills > 0 && instances > 1 && rate >= partitions;
    if (!counts
        || partitions < instances
        || standbys.stream().anyMatch(each -> each < 0 || each >= instances)) {
      throw new ParameterException(
          spec.commandLine(),
          "keys and kills must be 1 or more, instances 2 or more, partitions at least instances,"
              + " rate at least partitions, and standby less than instances");
    }
    TakeoverOptions options =
        new TakeoverOptions(
            keys,
            protocols,
            standbys,
            sessionTimeouts,
            kills,
            instances,
            partitions,
            rate,
            settings.given());
    spec.commandLine().getOut().println(TakeoverBench.run(options, json.people(spec)));
    return ExitCode.OK;
  }
}
