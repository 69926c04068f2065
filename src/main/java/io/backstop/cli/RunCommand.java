package io.backstop.cli;

import io.backstop.config.BackstopConfig;
import io.backstop.runtime.ActionProcessor;
import io.backstop.runtime.Outside;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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
    var exit = new CompletableFuture<Integer>();
    var stopped = new CountDownLatch(1);
    var hook = new Thread(() -> stop(exit, stopped), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try (ActionProcessor processor =
        ActionProcessor.start(settings, Outside.configured(settings), Clock.systemUTC())) {
      processor.fatal().thenAccept(reason -> exit.complete(failed(reason)));
      out.printf(
          "Processing %srequests at %s. Stop with Ctrl-C.%n",
          settings.topics().prefix(), settings.kafka().bootstrapServers());
      exit.join();
      out.println("Stopping: calls in flight finish first ...");
    } finally {
      stopped.countDown();
    }
    return exit.join();
  }

  private int failed(Throwable reason) {
    spec.commandLine()
        .getErr()
        .println(
            "backstop: the processor cannot go on: "
                + reason
                + ": mend that, then start it again; nothing is lost");
    return ExitCode.FAILED;
  }

  /** The process ends when its shutdown hooks have: so this one waits for the clean stop. */
  private static void stop(CompletableFuture<Integer> exit, CountDownLatch stopped) {
    exit.complete(ExitCode.OK);
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
