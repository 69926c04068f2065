package io.backstop.executor.file;

import io.backstop.action.Outcome;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.MDC;

/**
 * The threads of one target. They are daemons and end when there is nothing to do, so nobody has to
 * close them. A cancelled stage interrupts nobody: what has begun is written to its end, what has
 * not begun is left out.
 */
final class WriterThreads {
  /** Requests that wait for a thread; more are refused, so that the heap stays flat. */
  static final int LONGEST_QUEUE = 1024;

  private final String target;
  private final ThreadPoolExecutor threads;

  WriterThreads(String target, int number) {
    this(target, number, LONGEST_QUEUE);
  }

  WriterThreads(String target, int number, int longestQueue) {
    this.target = target;
    this.threads =
        new ThreadPoolExecutor(
            number,
            number,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(longestQueue),
            work -> daemon(work, target));
    threads.allowCoreThreadTimeOut(true);
  }

  /** Returns at once and never throws. */
  CompletableFuture<Outcome> start(Supplier<Outcome> work) {
    var ended = new CompletableFuture<Outcome>();
    try {
      Map<String, String> lines = MDC.getCopyOfContextMap();
      threads.execute(() -> run(work, ended, lines));
    } catch (RejectedExecutionException e) {
      ended.complete(FileFailures.busy(target, threads.getQueue().size()));
    }
    return ended;
  }

  /**
   * @param lines what the lines of who has started it are marked with, and so these too; null for
   *     nothing
   */
  private static void run(
      Supplier<Outcome> work, CompletableFuture<Outcome> ended, Map<String, String> lines) {
    if (ended.isDone()) {
      return;
    }
    if (lines != null) {
      MDC.setContextMap(lines);
    }
    try {
      ended.complete(work.get());
    } catch (RuntimeException | Error e) {
      // whoever called tells a defect from a failure; what matters here is that the call ends
      ended.completeExceptionally(e);
    } finally {
      MDC.clear();
    }
  }

  static Thread daemon(Runnable work, String target) {
    Thread thread = new Thread(work, target.replace(':', '-'));
    thread.setDaemon(true);
    return thread;
  }
}
