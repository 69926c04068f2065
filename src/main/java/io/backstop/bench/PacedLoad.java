package io.backstop.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Does something at a fixed pace, on a thread of its own, until it is stopped. What a stall held up
 * is done at once afterwards, so that the load over time is what was asked for; a latency is to be
 * taken from {@link #dueAt}, so that the stall hides nothing.
 */
final class PacedLoad implements AutoCloseable {
  private final CompletableFuture<Integer> done = new CompletableFuture<>();
  private final int perSecond;
  private final IntConsumer action;
  private final long start = System.nanoTime();
  private final Thread thread = new Thread(this::run, "paced-load");
  private volatile boolean stopping;

  private PacedLoad(int perSecond, IntConsumer action) {
    this.perSecond = perSecond;
    this.action = action;
  }

  /**
   * @param action given the number of the turn, from 0; an exception ends the load
   */
  static PacedLoad start(int perSecond, IntConsumer action) {
    PacedLoad load = new PacedLoad(perSecond, action);
    load.thread.setDaemon(true);
    load.thread.start();
    return load;
  }

  /**
   * The first turn that is due at a time or later.
   *
   * @param at as {@link System#nanoTime()}
   */
  int firstDueFrom(long at) {
    long turn = Math.max(0, (at - start) * perSecond / TimeUnit.SECONDS.toNanos(1));
    while (dueAt((int) turn) < at) {
      turn++;
    }
    return (int) turn;
  }

  /** When a turn was due, as {@link System#nanoTime()}. */
  long dueAt(int turn) {
    return start + TimeUnit.SECONDS.toNanos(turn) / perSecond;
  }

  /**
   * Ends the load after the turn under way.
   *
   * @return the turns that were taken
   * @throws CompletionException with what the action threw
   */
  int stop() {
    stopping = true;
    LockSupport.unpark(thread);
    return done.join();
  }

  @Override
  public void close() {
    stop();
  }

  private void run() {
    int turn = 0;
    try {
      while (awaits(turn)) {
        action.accept(turn);
        turn++;
      }
      done.complete(turn);
    } catch (RuntimeException | Error e) {
      done.completeExceptionally(e);
    }
  }

  /** False when the load was stopped before the turn was due. */
  private boolean awaits(int turn) {
    while (!stopping) {
      long left = dueAt(turn) - System.nanoTime();
      if (left <= 0) {
        return true;
      }
      LockSupport.parkNanos(this, left);
    }
    return false;
  }
}
