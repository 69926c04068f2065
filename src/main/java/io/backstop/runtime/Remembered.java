package io.backstop.runtime;

import java.time.Duration;
import java.util.function.Supplier;

/** A value that costs something to find out, kept for a while. Thread-safe. */
final class Remembered<T> implements Supplier<T> {
  private final Supplier<T> source;
  private final long keepNanos;
  private T value;
  private long foundAt;

  Remembered(Supplier<T> source, Duration keep) {
    this.source = source;
    this.keepNanos = keep.toNanos();
  }

  @Override
  public synchronized T get() {
    if (value == null || System.nanoTime() - foundAt > keepNanos) {
      value = source.get();
      foundAt = System.nanoTime();
    }
    return value;
  }
}
