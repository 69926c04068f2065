package io.backstop.torture;

import io.backstop.torture.Disturbance.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps one processor running, as systemd or Kubernetes would: when it ends it is started again.
 */
final class Supervisor {
  private static final long RESTART_DELAY_MS = 1_000;

  /** What Streams and the processor log when others have its tasks. */
  private static final List<String> LOST_TASKS =
      List.of("the thread is being fenced", "stream thread replaced", "TaskMigratedException");

  private final int number;
  private final Starter starter;
  private final Journal journal;
  private final Outages outages;
  private final Duration stopPatience;
  private volatile ProcessorProcess process;
  private volatile boolean wanted = true;
  private volatile boolean killed;
  private boolean frozen;
  private long frozenSince;

  /** Starts the processor's process. */
  interface Starter {
    /**
     * @param lines gets each line of output
     */
    ProcessorProcess start(Consumer<String> lines);
  }

  /**
   * @param stopPatience how long a processor may take to end in order
   */
  Supervisor(int number, Starter starter, Journal journal, Outages outages, Duration stopPatience) {
    this.number = number;
    this.starter = starter;
    this.journal = journal;
    this.outages = outages;
    this.stopPatience = stopPatience;
  }

  /** Starts it. */
  synchronized void start() {
    if (!wanted) {
      return;
    }
    long from = journal.now();
    killed = false;
    frozen = false;
    ProcessorProcess started = starter.start(this::read);
    process = started;
    started.running().thenRun(() -> journal.lasted(Kind.JOINED, number, from));
    started.ended().thenAccept(code -> ended(started, code));
  }

  /** Completes when the processor that runs now has its first assignment. */
  CompletableFuture<Void> running() {
    return process.running();
  }

  /**
   * SIGKILL.
   *
   * @return why it was left alone; empty when it was not
   */
  synchronized Optional<String> kill() {
    Optional<String> reason = reasonToSpare();
    if (reason.isEmpty()) {
      killed = true;
      process.kill();
    }
    return reason;
  }

  /**
   * SIGSTOP.
   *
   * @return why it was left alone; empty when it stands still, and {@link #thaw} is needed
   */
  synchronized Optional<String> freeze() {
    Optional<String> reason = reasonToSpare();
    if (reason.isPresent()) {
      return reason;
    }
    long from = journal.now();
    if (!process.freeze()) {
      return Optional.of("the signal was not sent");
    }
    frozen = true;
    frozenSince = from;
    return reason;
  }

  /**
   * SIGCONT to what was frozen.
   *
   * @return why it did not stand still until now; empty when it did
   */
  synchronized Optional<String> thaw() {
    if (!frozen || !process.isAlive()) {
      return Optional.of("it ended while it was frozen");
    }
    frozen = false;
    boolean sent = process.thaw();
    journal.lasted(Kind.FROZEN, number, frozenSince);
    return sent ? Optional.empty() : Optional.of("the signal to go on was not sent");
  }

  /** A blow to a process that does nothing yet, or does not move, would show nothing. */
  private Optional<String> reasonToSpare() {
    if (frozen) {
      return Optional.of("it is frozen");
    }
    boolean runs = process.isAlive() && process.hasRun();
    return runs ? Optional.empty() : Optional.of("it is only starting");
  }

  /** Ends it in order, for good. */
  void stop() {
    wanted = false;
    synchronized (this) {
      if (process == null) {
        return;
      }
      if (frozen) {
        process.thaw();
      }
      if (!process.stop(stopPatience)) {
        String what = "processor %d had not ended %s after SIGTERM".formatted(number, stopPatience);
        journal.saw(new Violation(Violation.Kind.FORCED_STOP, what));
      }
    }
  }

  /** One that runs has no excuse: it goes on without a registry, and waits for a broker. */
  private void ended(ProcessorProcess which, int code) {
    if (!wanted) {
      return;
    }
    journal.happened(Kind.KILLED, number);
    if (!killed && (which.hasRun() || !outages.excuseAStart())) {
      String when = which.hasRun() ? "while it ran" : "while it started";
      journal.saw(
          new Violation(
              Violation.Kind.GAVE_UP,
              "processor %d ended by itself with exit code %d %s".formatted(number, code, when)));
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
