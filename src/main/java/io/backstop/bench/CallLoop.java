package io.backstop.bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads requests, makes a call for each and writes the answers in transactions. It is exactly-once
 * between its topics: an answer is written when those before it are, so that a transaction holds
 * the answers of exactly those records whose offsets it commits. An answer that is there early
 * waits in memory, its place among the calls in flight already given on.
 *
 * @param call starts the call for one input record; a failure ends the loop
 * @param inFlight calls at once, over all threads
 */
record CallLoop(
    BenchCluster cluster,
    String input,
    String output,
    int threads,
    Function<ConsumerRecord<byte[], byte[]>, CompletableFuture<byte[]>> call,
    int inFlight)
    implements Side {
  private static final Duration POLL = Duration.ofMillis(1);
  private static final long SLOT_WAIT_MS = 1;

  private record Started(ConsumerRecord<byte[], byte[]> input, CompletableFuture<byte[]> answer) {}

  @Override
  public String name() {
    return "bare loop";
  }

  @Override
  public Running start() {
    var slots = new Semaphore(inFlight);
    return new LoopThreads(
        cluster,
        input,
        "calls-" + UUID.randomUUID(),
        threads,
        (consumer, id, running) -> work(consumer, id, running, slots));
  }

  private void work(
      Consumer<byte[], byte[]> consumer, String id, BooleanSupplier running, Semaphore slots) {
    Deque<Started> started = new ArrayDeque<>();
    try (var out = new TransactionalOutput(cluster, output, id, consumer)) {
      while (running.getAsBoolean()) {
        for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(POLL)) {
          while (!hasSlot(slots)) {
            writeAnswers(started, out);
          }
          CompletableFuture<byte[]> answer = call.apply(rec);
          answer.whenComplete((body, failure) -> slots.release());
          started.add(new Started(rec, answer));
        }
        writeAnswers(started, out);
      }
    }
  }

  private static void writeAnswers(Deque<Started> started, TransactionalOutput out) {
    while (!started.isEmpty() && started.peek().answer().isDone()) {
      Started oldest = started.remove();
      out.write(oldest.input(), oldest.answer().join());
    }
    out.commitIfDue();
  }

  private static boolean hasSlot(Semaphore slots) {
    try {
      return slots.tryAcquire(SLOT_WAIT_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
