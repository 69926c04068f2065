package io.backstop.execution;

import io.backstop.action.Priority;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** The calls of one scope that are in flight from this process, by priority. Thread-safe. */
final class CallCount {
  private final AtomicIntegerArray calls = new AtomicIntegerArray(Priority.values().length);

  void started(Priority priority) {
    calls.incrementAndGet(priority.ordinal());
  }

  void ended(Priority priority) {
    calls.decrementAndGet(priority.ordinal());
  }

  int of(Priority priority) {
    return calls.get(priority.ordinal());
  }
}
