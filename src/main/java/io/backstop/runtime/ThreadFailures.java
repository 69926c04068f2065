package io.backstop.runtime;

import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread dies. Its transaction is rolled back, so nothing is lost: a new
 * thread takes over. When that keeps happening it is of no use, and the processor stops with the
 * reason, for a supervisor to see.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);
  private static final int MAX_FAILURES = 5;
  private static final Duration WITHIN = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final Counter replaced;
  private final Deque<Long> recent = new ArrayDeque<>();
  private Throwable last =
      new IllegalStateException("Kafka Streams stopped by itself: see its log");
  private final CompletableFuture<Throwable> fatal = new CompletableFuture<>();

  ThreadFailures(InstantSource clock, Counter replaced) {
    this.clock = clock;
    this.replaced = replaced;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
    long now = clock.millis();
    last = failure;
    if (FormerTopology.refuses(cause(failure))) {
      fatal.complete(FormerTopology.explained(cause(failure)));
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    while (!recent.isEmpty() && recent.peekFirst() < now - WITHIN.toMillis()) {
      recent.removeFirst();
    }
    recent.addLast(now);
    boolean passing = cause(failure) instanceof RetriableException;
    if (passing || recent.size() <= MAX_FAILURES && !(failure instanceof Error)) {
      LOG.warn("stream thread replaced failures={} within={}", recent.size(), WITHIN, failure);
      replaced.increment();
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    LOG.error("processor stops failures={} within={}", recent.size(), WITHIN, failure);
    fatal.complete(cause(failure));
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /**
   * Streams has stopped whatever it was told: the thread that reads the global stores cannot be
   * replaced.
   */
  synchronized void stopped() {
    if (fatal.complete(cause(last))) {
      LOG.error("processor stops", last);
    }
  }

  /** Completes with the reason when the processor cannot go on. */
  CompletableFuture<Throwable> fatal() {
    return fatal;
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }
}
