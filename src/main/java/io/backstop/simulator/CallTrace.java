package io.backstop.simulator;

/** What becomes of one call, told as it happens. Event loop only. */
interface CallTrace {

  /** Of a call that nobody records. */
  CallTrace NONE =
      new CallTrace() {
        @Override
        public void read(Route route, Call call) {}

        @Override
        public void answered(String status) {}
      };

  void read(Route route, Call call);

  /**
   * @param status the HTTP status, or {@code hang} or {@code reset}
   */
  void answered(String status);
}
