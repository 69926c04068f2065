package io.backstop.executor.mail;

import io.backstop.action.Outcome;
import io.backstop.executor.FailedCall;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * One call to the mail server, waiting for a thread or under way on one. When it is cancelled or
 * its time is over, its connection is closed at once, whatever the server does.
 */
final class MailCall {

  /** What is said to the server. */
  @FunctionalInterface
  interface Exchange {
    Outcome with(MailConnection connection, MailCall call) throws MessagingException, IOException;
  }

  private final MailServer server;
  private final Duration timeout;
  private final Exchange exchange;
  private final long end;
  private final CompletableFuture<Outcome> ended = new CompletableFuture<>();

  /** Null while no connection is used. */
  private Socket socket;

  private boolean over;

  /** Of the mail thread; null when nothing was said, because the call had been given up before. */
  private Outcome outcome;

  MailCall(MailServer server, Duration timeout, Exchange exchange) {
    this.server = server;
    this.timeout = timeout;
    this.exchange = exchange;
    this.end = System.nanoTime() + timeout.toNanos();
  }

  MailServer server() {
    return server;
  }

  /** As {@link io.backstop.executor.ActionExecutor#execute} promises. */
  CompletionStage<Outcome> start(MailThreads threads) {
    ended.completeOnTimeout(new Outcome.TimedOut(timeout), timeout.toNanos(), TimeUnit.NANOSECONDS);
    ended.whenComplete((outcome, failure) -> hangUp());
    threads.submit(this);
    return ended;
  }

  /** On a mail thread. Never throws. */
  void talk(MailConnection connection) {
    if (ended.isDone()) {
      return;
    }
    try {
      outcome = exchange.with(connection, this);
    } catch (MessagingException | IOException failure) {
      outcome = connection.failure(failure, timeout);
    } catch (RuntimeException | LinkageError | StackOverflowError defect) {
      outcome = FailedCall.outcome(defect, timeout);
    }
    leave();
    if (!(outcome instanceof Outcome.Succeeded)) {
      // what is left of a dialogue that failed is not worth to be understood
      connection.drop();
    }
  }

  /** Tells how it ended, after it was talked. */
  void end() {
    ended.complete(outcome);
  }

  /**
   * This call uses the connection from now on.
   *
   * @throws SocketTimeoutException when its time is over
   */
  synchronized void uses(Socket used) throws SocketTimeoutException {
    if (over) {
      throw new SocketTimeoutException("the call was given up");
    }
    socket = used;
  }

  /** At least 1. */
  int millisLeft() {
    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, left));
  }

  private synchronized void leave() {
    socket = null;
  }

  private synchronized void hangUp() {
    over = true;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException alreadyBroken) {
        // closed it is
      }
    }
  }
}
