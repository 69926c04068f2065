package io.backstop.executor.mail;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Daemon threads for SMTP, since Angus Mail blocks. Each keeps its last connection, and ends, with
 * that connection, when it has had nothing to do for {@value #IDLE_SECONDS} s. A thread is started
 * only when none is idle and the server's bound of connections is not reached; else a call waits,
 * while its timeout runs. Thread-safe.
 */
final class MailThreads {
  static final int IDLE_SECONDS = 10;

  private final Deque<MailCall> waiting = new ArrayDeque<>();
  private int running;

  /** Those of the running threads that have nothing to do, or will have in a moment. */
  private int free;

  synchronized void submit(MailCall call) {
    waiting.addLast(call);
    if (free < waiting.size() && running < call.server().connections()) {
      running++;
      start();
    } else {
      notify();
    }
  }

  private void start() {
    Thread thread = new Thread(this::work, "mail");
    thread.setDaemon(true);
    thread.start();
  }

  private void work() {
    try (MailConnection connection = new MailConnection()) {
      for (MailCall call = next(); call != null; call = nextAfter(call)) {
        call.talk(connection);
      }
    }
  }

  /** Is free before the call has ended, so that who sends one after another needs one thread. */
  private MailCall nextAfter(MailCall call) {
    synchronized (this) {
      free++;
    }
    call.end();
    synchronized (this) {
      free--;
      return next();
    }
  }

  /** Null when the thread is to end. */
  private synchronized MailCall next() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
    while (waiting.isEmpty()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        running--;
        return null;
      }
      free++;
      try {
        wait(left);
      } catch (InterruptedException nobodyDoes) {
        // these threads are ours alone; going on is harmless
      } finally {
        free--;
      }
    }
    return waiting.removeFirst();
  }
}
