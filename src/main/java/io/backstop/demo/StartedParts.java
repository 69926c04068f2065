package io.backstop.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** What has to be closed again when a later part cannot start. Thread-safe. */
final class StartedParts {
  private final Deque<AutoCloseable> newestFirst = new ArrayDeque<>();
  private CompletableFuture<?> starting = CompletableFuture.completedFuture(null);

  synchronized <T extends AutoCloseable> T add(T part) {
    newestFirst.push(part);
    return part;
  }

  /** A part that starts on another thread; it adds itself when it has. */
  synchronized void joinBeforeClosing(CompletableFuture<?> part) {
    starting = part;
  }

  /** Newest first; a part that cannot be closed does not keep the others. */
  void closeAll() {
    starting.handle((all, failure) -> null).join();
    synchronized (this) {
      for (AutoCloseable part : newestFirst) {
        try {
          part.close();
        } catch (Exception e) {
          // the failure of the start is the news
        }
      }
    }
  }
}
