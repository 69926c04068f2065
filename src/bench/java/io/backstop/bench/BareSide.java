package io.backstop.bench;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The limit: one thread that consumes, calls and produces in transactions, and where the call fails
 * makes the other one. No retries, no circuit, no idempotency; exactly-once between its topics.
 */
record BareSide(PeersRound round) implements Side {

  @Override
  public String name() {
    return Contender.BARE.label();
  }

  @Override
  public String output() {
    return round.answers();
  }

  @Override
  public Running start() {
    var calls = new ServiceCalls(round.config());
    Running loop =
        new CallLoop(
                round.cluster(),
                round.input(),
                round.answers(),
                1,
                input -> call(calls, input),
                PeersRound.IN_FLIGHT)
            .start();
    return () -> {
      loop.close();
      calls.close();
    };
  }

  private static CompletableFuture<byte[]> call(
      ServiceCalls calls, ConsumerRecord<byte[], byte[]> input) {
    return calls
        .primary(input.value())
        .thenApply(CompletableFuture::completedFuture)
        .exceptionally(failure -> calls.fallback(input.value()))
        .thenCompose(Function.identity());
  }
}
