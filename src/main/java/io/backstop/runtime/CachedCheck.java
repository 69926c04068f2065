package io.backstop.runtime;

import io.backstop.runtime.Check.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A check that may take long: made on another thread, one at a time, and its outcome kept. Who asks
 * waits for a moment at most. Thread-safe.
 */
final class CachedCheck {
  private final String name;
  private final Supplier<Check> source;
  private final Executor threads;
  private final Duration keep;
  private final InstantSource clock;
  private Optional<Check> last = Optional.empty();
  private CompletableFuture<Check> running;

  /**
   * @param source makes the check, never throws
   */
  CachedCheck(
      String name, Supplier<Check> source, Executor threads, Duration keep, InstantSource clock) {
    this.name = name;
    this.source = source;
    this.threads = threads;
    this.keep = keep;
    this.clock = clock;
  }

  /**
   * The newest outcome. Where the present check has not ended within {@code patience}, a failure
   * stands until it has; else that is a warning.
   */
  Check get(Duration patience) {
    CompletableFuture<Check> asked = start();
    try {
      return asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return lastFailure()
          .orElseGet(() -> unanswered("no answer within " + patience.toMillis() + " ms yet"));
    } catch (ExecutionException e) {
      return unanswered("not looked at");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unanswered("not looked at");
    }
  }

  /** What was found last, whenever; starts a new check where that is too old. Never waits. */
  Optional<Check> newest() {
    start();
    synchronized (this) {
      return last;
    }
  }

  private synchronized Optional<Check> lastFailure() {
    return last.filter(check -> check.status() == Status.FAIL);
  }

  private synchronized CompletableFuture<Check> start() {
    if (running != null) {
      return running;
    }
    if (last.isPresent() && last.get().at().plus(keep).isAfter(clock.instant())) {
      return CompletableFuture.completedFuture(last.get());
    }
    CompletableFuture<Check> started = new CompletableFuture<>();
    running = started;
    threads.execute(() -> started.complete(make()));
    return started;
  }

  private Check make() {
    Check made = source.get();
    synchronized (this) {
      last = Optional.of(made);
      running = null;
    }
    return made;
  }

  private Check unanswered(String why) {
    return new Check(name, Status.WARN, null, why, clock.instant());
  }
}
