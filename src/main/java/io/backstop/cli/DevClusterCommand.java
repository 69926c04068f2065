package io.backstop.cli;

import io.backstop.devcluster.DevCluster;
import io.backstop.devcluster.DevClusterOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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
    var options = new DevClusterOptions(port, registryPort, Optional.ofNullable(dataDirectory));
    var out = spec.commandLine().getOut();
    print(out, "Starting the development cluster ...");
    var exitCode = new CompletableFuture<Integer>();
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(exitCode, stopped), "stop"));
    try (var cluster = DevCluster.start(options)) {
      cluster.failure().thenAccept(reason -> exitCode.complete(failed(reason)));
      print(out, describe(cluster));
      exitCode.join();
      print(out, "Stopping the development cluster ...");
    } finally {
      stopped.countDown();
    }
    return exitCode.join();
  }

  private int failed(String reason) {
    print(spec.commandLine().getErr(), "The broker cannot go on: " + reason);
    return 1;
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

  /** The process ends when its shutdown hooks have: so this one waits for the clean stop. */
  private static void stopAndWait(CompletableFuture<Integer> exitCode, CountDownLatch stopped) {
    exitCode.complete(0);
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
