package io.backstop.execution;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether calls may be started in this process. A stopping processor closes it: what is read from
 * then on waits in the store, and the calls in flight run out. Thread-safe.
 */
public final class CallGate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private int inFlight;
  private boolean open = true;

  /** No call is started from now on. */
  public void close() {
    lock.lock();
    try {
      open = false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until no call is in flight.
   *
   * @return false when some still are after {@code limit}
   */
  public boolean awaitIdle(Duration limit) {
    long left = limit.toNanos();
    lock.lock();
    try {
      while (inFlight > 0 && left > 0) {
        left = idle.awaitNanos(left);
      }
      return inFlight == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Calls that were started and whose outcome has not been taken over. */
  public int inFlight() {
    lock.lock();
    try {
      return inFlight;
    } finally {
      lock.unlock();
    }
  }

  /** Counts a call that is about to be started; false when none may be any more. */
  boolean tryStart() {
    lock.lock();
    try {
      if (open) {
        inFlight++;
      }
      return open;
    } finally {
      lock.unlock();
    }
  }

  /** Undoes {@link #tryStart}: the call has ended, or was not started after all. */
  void callEnded() {
    lock.lock();
    try {
      inFlight--;
      if (inFlight == 0) {
        idle.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
