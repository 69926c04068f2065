package io.backstop.simulator;

import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** What becomes of one call, told as it happens, on one thread. */
interface CallTrace {

  /** Of a call that nobody records. */
  CallTrace NONE =
      new CallTrace() {
        @Override
        public void read(String endpoint, Supplier<String> key, IntSupplier generation) {}

        @Override
        public void answered(String status) {}
      };

  /**
   * @param key asked only where the call is recorded; gives null where it has none
   * @param generation the same; gives 0 where the request was not replayed
   */
  void read(String endpoint, Supplier<String> key, IntSupplier generation);

  /**
   * @param status the HTTP status, or {@code hang} or {@code reset}
   */
  void answered(String status);
}
