package io.backstop.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code backstop bench peers}: a main class of its own, because the other sides' libraries must
 * not be on the product's class path.
 */
@Command(
    name = "backstop bench peers",
    mixinStandardHelpOptions = true,
    description = {
      "Backstop beside a bare consume, call and produce loop, Spring Kafka's retryable topics, and",
      "Parallel Consumer: the same requests, calls, broker and simulator, in turn. Pages at a",
      "primary service, cards at another one where that fails.",
      "Starts what it needs by itself. The last line is JSON. Takes some minutes per workload."
    })
public final class PeersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "60000",
      description = {
        "Requests of each round; a side that does hundreds a second gets a twentieth.",
        "Default: ${DEFAULT-VALUE}."
      })
  private int requests;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds of each side, after one to warm up. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description = {
        "Partitions of every topic, and listener threads of Spring Kafka. Default: ${DEFAULT-VALUE}."
      })
  private int partitions;

  @Option(
      names = "--paced-seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "Length of the run at 100/s, 0 for none. Default: ${DEFAULT-VALUE}.")
  private int pacedSeconds;

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      split = ",",
      description = "${COMPLETION-CANDIDATES}, several with commas between; all when left out.")
  private List<Workload> workloads;

  @Option(
      names = "--side",
      paramLabel = "NAME",
      split = ",",
      description = "${COMPLETION-CANDIDATES}, several with commas between; all when left out.")
  private List<Contender> sides;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of Backstop, by its full key. Repeatable.")
  private Map<String, String> settings = new HashMap<>();

  @Option(names = "--json", description = "Print the JSON alone.")
  private boolean json;

  /** Runs it in this process. */
  public static void main(String[] args) {
    quieten();
    int code =
        new CommandLine(new PeersCommand())
            .setUsageHelpWidth(100)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setAbbreviatedOptionsAllowed(false)
            .execute(args);
    System.exit(code);
  }

  @Override
  public Integer call() {
    if (requests < 1 || rounds < 1 || partitions < 1 || pacedSeconds < 0) {
      throw new ParameterException(
          spec.commandLine(), "requests, rounds and partitions must be 1 or more");
    }
    var options =
        new PeersOptions(
            requests,
            rounds,
            partitions,
            pacedSeconds,
            chosen(workloads, EnumSet.allOf(Workload.class)),
            chosen(sides, EnumSet.allOf(Contender.class)),
            settings);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter progress = json ? new PrintWriter(Writer.nullWriter()) : out;
    out.println(PeersBench.run(options, progress).json());
    out.flush();
    return 0;
  }

  private static <E extends Enum<E>> Set<E> chosen(List<E> given, EnumSet<E> all) {
    return given == null ? all : EnumSet.copyOf(given);
  }

  /** The other sides log each failure, which would cost them more than it. */
  private static void quieten() {
    System.setProperty(
        "org.apache.commons.logging.LogFactory", "org.apache.commons.logging.impl.Slf4jLogFactory");
    for (String name : List.of("org.springframework", "io.confluent.parallelconsumer")) {
      ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.OFF);
    }
  }
}
