package io.backstop.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that nobody tells of. */
final class Waiting {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private Waiting() {}

  /**
   * Looks every 2 ms.
   *
   * @throws IllegalStateException when it has not come about within a minute
   */
  static void until(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IllegalStateException("waited a minute until " + what);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  static void forMillis(long millis) {
    long start = System.nanoTime();
    until(
        "time has passed",
        () -> System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
