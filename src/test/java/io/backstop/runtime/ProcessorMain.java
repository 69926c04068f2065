package io.backstop.runtime;

import io.backstop.admin.ServedProcessor;
import io.backstop.config.BackstopConfig;
import io.backstop.serde.TrustedRecords;
import io.backstop.testing.TestConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A processor in a process of its own, to be killed or kept on a small heap. Its first argument is
 * its target: {@code delay:<ms>}, {@code held:<file that releases the calls>}, {@code failing} for
 * one whose service is down, or {@code configured} for all the real ones; settings follow. It
 * prints a line when it runs, and stops cleanly when its standard input ends.
 */
final class ProcessorMain {
  private ProcessorMain() {}

  public static void main(String[] args) throws IOException {
    TrustedRecords.trust();
    BackstopConfig config = TestConfig.with(Arrays.copyOfRange(args, 1, args.length));
    try (ServedProcessor processor =
        ServedProcessor.start(config, outside(args[0], config), Clock.systemUTC())) {
      System.out.println("RUNNING");
      processor.fatal().thenAccept(reason -> System.out.println("FATAL " + reason));
      while (System.in.read() >= 0) {
        Thread.onSpinWait();
      }
    }
    System.out.println("STOPPED");
  }

  private static Outside outside(String kind, BackstopConfig config) {
    return kind.equals("configured") ? Outside.configured(config) : TestOutside.of(target(kind));
  }

  private static TestTarget target(String kind) {
    if (kind.equals("failing")) {
      return TestTarget.failing();
    }
    String value = kind.substring(kind.indexOf(':') + 1);
    return kind.startsWith("delay:")
        ? TestTarget.answeringAfter(Duration.ofMillis(Long.parseLong(value)))
        : TestTarget.heldUntil(whenThere(Path.of(value)));
  }

  private static CompletableFuture<Void> whenThere(Path file) {
    var there = new CompletableFuture<Void>();
    var poll =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new Thread(task, "release");
              thread.setDaemon(true);
              return thread;
            });
    poll.scheduleWithFixedDelay(
        () -> {
          if (Files.exists(file)) {
            there.complete(null);
          }
        },
        0,
        50,
        TimeUnit.MILLISECONDS);
    return there;
  }
}
