package io.backstop.cli;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C or SIGTERM, for a command that stays up. The process ends when its shutdown hooks have: so
 * the one made here waits until this is closed, after everything else.
 */
final class StopSignal implements AutoCloseable {
  private static final String ASKED_FOR = "asked for";

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

  boolean isAskedFor() {
    return ASKED_FOR.equals(reason.getNow(null));
  }

  /** Why it has to stop, when nobody asked for it. */
  Optional<String> problem() {
    return Optional.ofNullable(reason.getNow(null)).filter(why -> !why.equals(ASKED_FOR));
  }

  private void stopAndWait() {
    reason.complete(ASKED_FOR);
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
