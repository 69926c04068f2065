package io.backstop.cli;

import io.backstop.bench.ScaleBench;
import io.backstop.bench.ScaleOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backstop bench scale}. */
@Command(
    name = "scale",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "How cost grows: with idempotency keys in the store, with partitions, and with instances under a",
      "load that is bound by latency. Each size is compared with the smallest in turn. All of it takes",
      "about 20 minutes; --part and shorter lists take less."
    })
final class BenchScaleCommand implements Callable<Integer> {

  /** An axis along which cost may grow. */
  enum Part {
    keys,
    partitions,
    instances
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--part",
      split = ",",
      paramLabel = "PART",
      defaultValue = "keys,partitions,instances",
      description = "What to measure: ${COMPLETION-CANDIDATES}. Default: all three.")
  private List<Part> parts;

  @Option(
      names = "--keys",
      split = ",",
      paramLabel = "N",
      defaultValue = "1000000,2000000,4000000,8000000",
      description = "Sizes of the store of idempotency keys, growing. Default: ${DEFAULT-VALUE}.")
  private List<Integer> keys;

  @Option(
      names = "--partitions",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,4,12,24,48",
      description = "Partitions; the first is compared with. Default: ${DEFAULT-VALUE}.")
  private List<Integer> partitions;

  @Option(
      names = "--instances",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2,3",
      description = "Instances, 12 at most; the first is compared with. Default: ${DEFAULT-VALUE}.")
  private List<Integer> instances;

  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "100000",
      description =
          "Requests of each round, at most; fewer where latency bounds it. Default: ${DEFAULT-VALUE}.")
  private int requests;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds of each side, after one to warm up. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Mixin private BenchSettingsOption settings;

  @Mixin private BenchJsonOption json;

  @Override
  public Integer call() {
    boolean counts =
        requests > 0
            && rounds > 0
            && List.of(keys, partitions, instances).stream().allMatch(BenchScaleCommand::isGrowing);
    if (!counts || instances.stream().anyMatch(each -> each > 12)) {
      throw new ParameterException(
          spec.commandLine(),
          "requests, rounds and sizes must be 1 or more, each size larger than the one before it,"
              + " and instances at most 12");
    }
    ScaleOptions options =
        new ScaleOptions(
            chosen(Part.keys, keys),
            chosen(Part.partitions, partitions),
            chosen(Part.instances, instances),
            requests,
            rounds,
            settings.given());
    spec.commandLine().getOut().println(ScaleBench.run(options, json.people(spec)));
    return ExitCode.OK;
  }

  private List<Integer> chosen(Part part, List<Integer> sizes) {
    return parts.contains(part) ? sizes : List.of();
  }

  private static boolean isGrowing(List<Integer> sizes) {
    int before = 0;
    for (int size : sizes) {
      if (size <= before) {
        return false;
      }
      before = size;
    }
    return true;
  }
}
