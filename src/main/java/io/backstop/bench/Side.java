package io.backstop.bench;

import java.util.function.Supplier;

/** One of the two that are compared. Each start works through the whole input anew. */
interface Side {

  /** Working until closed. */
  interface Running extends AutoCloseable {
    @Override
    void close();
  }

  String name();

  /** The topic that gets one record for each input record. */
  String output();

  Running start();

  /** Number, and so the key, of the first request that the next start works on. */
  default int nextRequest() {
    return 0;
  }

  /** Works as long as {@code watch} runs. */
  default <T> T runWhile(Supplier<T> watch) {
    Running running = start();
    try {
      return watch.get();
    } finally {
      running.close();
    }
  }
}
