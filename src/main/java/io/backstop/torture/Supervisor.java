package io.backstop.torture;

import io.backstop.torture.Disturbance.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Keeps one processor running, as systemd or Kubernetes would: when it ends it is started again.
 */
final class Supervisor {
  private static final long RESTART_DELAY_MS = 1_000;

  /** What Streams and the processor log when others have its tasks. */
  private static final List<String> LOST_TASKS =
      List.of("the thread is being fenced", "stream thread replaced", "TaskMigratedException");

  private final int number;
  private final Path config;
  private final Path log;
  private final Journal journal;
  private final BooleanSupplier excused;
  private volatile ProcessorProcess process;
  private volatile boolean wanted = true;
  private volatile boolean killed;

  /**
   * @param excused whether what a processor needs to start or run is away now
   */
  Supervisor(int number, Path config, Path log, Journal journal, BooleanSupplier excused) {
    this.number = number;
    this.config = config;
    this.log = log;
    this.journal = journal;
    this.excused = excused;
  }

  /** Starts it. */
  synchronized void start() {
    if (!wanted) {
      return;
    }
    long from = journal.now();
    killed = false;
    ProcessorProcess started = ProcessorProcess.start(config, log, this::read);
    process = started;
    started.running().thenRun(() -> journal.lasted(Kind.JOINED, number, from));
    started.ended().thenAccept(code -> ended(code));
  }

  /** Completes when the processor that runs now has its first assignment. */
  CompletableFuture<Void> running() {
    return process.running();
  }

  /** False while it starts: a blow then would only be one to a process that does nothing yet. */
  boolean isRunning() {
    ProcessorProcess now = process;
    return now.isAlive() && now.running().isDone() && !now.running().isCompletedExceptionally();
  }

  void kill() {
    killed = true;
    process.kill();
  }

  ProcessorProcess process() {
    return process;
  }

  /** Ends it in order, for good. */
  void stop() {
    wanted = false;
    synchronized (this) {
      process.stop();
    }
  }

  private void ended(int code) {
    if (!wanted) {
      return;
    }
    journal.happened(Kind.KILLED, number);
    if (!killed && !excused.getAsBoolean()) {
      journal.gaveUp("processor %d ended by itself with exit code %d".formatted(number, code));
    }
    Executor later = CompletableFuture.delayedExecutor(RESTART_DELAY_MS, TimeUnit.MILLISECONDS);
    later.execute(this::start);
  }

  private void read(String line) {
    if (LOST_TASKS.stream().anyMatch(line::contains)) {
      journal.happened(Kind.FENCED, number);
    }
  }
}
