package io.backstop.cli;

import io.backstop.admin.ServedProcessor;
import io.backstop.config.BackstopConfig;
import io.backstop.config.StartupException;
import io.backstop.runtime.Outside;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs one instance of the processor until the process is told to end. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs one instance of the processor: reads requests, makes the calls, writes the outcomes.",
      "Several instances with one application id share the work. Stop with Ctrl-C or SIGTERM:",
      "calls in flight finish, then the instance commits and leaves the group."
    })
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config;

  @Override
  public Integer call() {
    BackstopConfig settings = config.load();
    PrintWriter out = spec.commandLine().getOut();
    try (var stop = new StopSignal();
        ServedProcessor processor =
            ServedProcessor.start(settings, Outside.configured(settings), Clock.systemUTC())) {
      processor.fatal().thenAccept(reason -> stop.reason().complete(explain(reason)));
      out.printf(
          "Processing %srequests at %s. Stop with Ctrl-C.%n",
          settings.topics().prefix(), settings.kafka().bootstrapServers());
      processor.url().ifPresent(url -> out.printf("Queries: %s%n", url));
      processor
          .monitoringUrl()
          .ifPresent(url -> out.printf("Health:  %1$s/health%nMetrics: %1$s/metrics%n", url));
      stop.reason().join();
      out.println("Stopping: calls in flight finish first ...");
      stop.problem().ifPresent(why -> spec.commandLine().getErr().println("backstop: " + why));
      return stop.problem().isPresent() ? ExitCode.FAILED : ExitCode.OK;
    }
  }

  private static String explain(Throwable reason) {
    String said =
        reason instanceof StartupException
            ? reason.getMessage()
            : reason + ": mend that, then start it again";
    return "the processor cannot go on: " + said + "; nothing is lost";
  }
}
