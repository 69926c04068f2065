package io.backstop.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C or SIGTERM, for a command that stays up. The process ends when its shutdown hooks have: so
 * the one made here waits until this is closed, after everything else.
 */
final class StopSignal implements AutoCloseable {
  private final CompletableFuture<String> reason = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stopAndWait, "stop");

  StopSignal() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Completes when it is time to stop; a part that cannot go on may complete it, too. */
  CompletableFuture<String> reason() {
    return reason;
  }

  private void stopAndWait() {
    reason.complete("stopped");
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process ends already
    }
  }
}
