package io.backstop.cli;

import io.backstop.devcluster.DevCluster;
import io.backstop.devcluster.DevClusterOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the development cluster until the process is told to end. */
@Command(
    name = "dev-cluster",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs a Kafka broker and a schema registry on this machine, for development.",
      "Both listen on 127.0.0.1 only. Stop with Ctrl-C or SIGTERM."
    })
public final class DevClusterCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      defaultValue = "9092",
      paramLabel = "PORT",
      description = "Port of the broker; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--registry-port",
      defaultValue = "8081",
      paramLabel = "PORT",
      description = "Port of the schema registry; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  private int registryPort;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Where topics and schemas survive a restart. Default: a temporary directory, deleted at"
              + " the end.")
  private Path dataDirectory;

  @Override
  public Integer call() {
    CheckoutOnly.requireBroker();
    var options = new DevClusterOptions(port, registryPort, Optional.ofNullable(dataDirectory));
    var out = spec.commandLine().getOut();
    print(out, "Starting the development cluster ...");
    try (var stop = new StopSignal();
        var cluster = DevCluster.start(options)) {
      cluster
          .failure()
          .thenAccept(why -> stop.reason().complete("the broker cannot go on: " + why));
      print(out, describe(cluster));
      stop.reason().join();
      print(out, "Stopping the development cluster ...");
      stop.problem().ifPresent(why -> print(spec.commandLine().getErr(), "backstop: " + why));
      return stop.problem().isPresent() ? ExitCode.FAILED : ExitCode.OK;
    }
  }

  private String describe(DevCluster cluster) {
    return String.join(
        System.lineSeparator(),
        "Kafka broker:     " + cluster.bootstrapServers(),
        "Schema registry:  " + cluster.registryUrl(),
        "Data:             "
            + (dataDirectory == null
                ? "temporary, deleted at the end (keep it with --data-dir DIR)"
                : dataDirectory.toAbsolutePath().normalize().toString()),
        "Stop with Ctrl-C.");
  }

  private static void print(PrintWriter out, String text) {
    out.println(text);
    out.flush();
  }
}
