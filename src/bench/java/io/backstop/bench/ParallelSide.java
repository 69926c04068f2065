package io.backstop.bench;

import io.confluent.parallelconsumer.PCRetriableException;
import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.CommitMode;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import io.confluent.parallelconsumer.RecordContext;
import io.confluent.parallelconsumer.internal.DrainingCloseable.DrainingMode;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Parallel Consumer, unordered, in its transactional mode, with the same breaker: a blocking call
 * on each of its threads. What failed is repeated from its own memory.
 */
record ParallelSide(PeersRound round) implements Side {
  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  @Override
  public String name() {
    return Contender.PARALLEL.label();
  }

  @Override
  public String output() {
    return round.answers();
  }

  @Override
  public Running start() {
    var calls = new ServiceCalls(round.config());
    CircuitBreaker breaker = Breakers.ofPrimary();
    String id = "parallel-" + UUID.randomUUID();
    ParallelStreamProcessor<byte[], byte[]> processor =
        ParallelStreamProcessor.createEosStreamProcessor(
            ParallelConsumerOptions.<byte[], byte[]>builder()
                .consumer(Clients.consumer(round.cluster(), id))
                .producer(Clients.transactionalProducer(round.cluster(), id))
                .commitMode(CommitMode.PERIODIC_TRANSACTIONAL_PRODUCER)
                .commitInterval(COMMIT_INTERVAL)
                .ordering(ProcessingOrder.UNORDERED)
                .maxConcurrency(PeersRound.IN_FLIGHT)
                .retryDelayProvider(ParallelSide::backoff)
                .build());
    processor.subscribe(List.of(round.input()));
    processor.pollAndProduce(
        request -> {
          RecordContext<byte[], byte[]> record = request.getSingleRecord();
          byte[] answer = answer(calls, breaker, record);
          return new ProducerRecord<>(round.answers(), record.partition(), record.key(), answer);
        });
    return () -> {
      processor.close(CLOSE_TIMEOUT, DrainingMode.DONT_DRAIN);
      calls.close();
    };
  }

  private static Duration backoff(RecordContext<byte[], byte[]> failed) {
    double factor = Math.pow(PeersRound.BACKOFF_FACTOR, failed.getNumberOfFailedAttempts() - 1);
    return Duration.ofMillis((long) (PeersRound.FIRST_BACKOFF_MS * factor));
  }

  private static byte[] answer(
      ServiceCalls calls, CircuitBreaker breaker, RecordContext<byte[], byte[]> request) {
    try {
      return breaker.executeSupplier(() -> calls.primary(request.value()).join());
    } catch (CallNotPermittedException open) {
      return calls.fallback(request.value()).join();
    } catch (CompletionException failed) {
      if (request.getNumberOfFailedAttempts() + 1 < PeersRound.ATTEMPTS) {
        throw new PCRetriableException(failed.getMessage());
      }
      return calls.fallback(request.value()).join();
    }
  }
}
