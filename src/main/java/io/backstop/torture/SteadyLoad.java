package io.backstop.torture;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does a step again and again at an even pace. One that throws is counted and the next one comes
 * all the same: an executor would end the schedule without a word.
 */
final class SteadyLoad implements AutoCloseable {
  private final Runnable step;
  private final AtomicInteger failed = new AtomicInteger();
  private final ScheduledExecutorService times =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "torture-load"));

  SteadyLoad(Runnable step) {
    this.step = step;
  }

  void start(int perSecond) {
    times.scheduleAtFixedRate(
        this::doStep, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
  }

  /** Begins no further step; returns when the last one is over, or after a minute. */
  void finish() {
    times.shutdown();
    try {
      times.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many steps have thrown. */
  int failed() {
    return failed.get();
  }

  private void doStep() {
    try {
      step.run();
    } catch (RuntimeException e) {
      failed.incrementAndGet();
    }
  }

  @Override
  public void close() {
    times.shutdownNow();
  }
}
