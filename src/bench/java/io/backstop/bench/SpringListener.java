package io.backstop.bench;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.annotation.BackOff;
import org.springframework.kafka.annotation.DltHandler;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.RetryableTopic;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Calls on the listener's thread. A failed call is repeated from a retry topic; while the breaker
 * is open, and after the last attempt, the fallback call is made.
 */
public class SpringListener {
  private final CircuitBreaker breaker = Breakers.ofPrimary();
  private final ServiceCalls calls;
  private final KafkaTemplate<byte[], byte[]> template;
  private final String answers;

  SpringListener(
      ServiceCalls calls,
      KafkaTemplate<byte[], byte[]> template,
      @Value("${answers}") String answers) {
    this.calls = calls;
    this.template = template;
    this.answers = answers;
  }

  @RetryableTopic(
      attempts = "" + PeersRound.ATTEMPTS,
      backOff =
          @BackOff(delay = PeersRound.FIRST_BACKOFF_MS, multiplier = PeersRound.BACKOFF_FACTOR),
      numPartitions = "${partitions}",
      replicationFactor = "1")
  @KafkaListener(topics = "${input}", groupId = "${group}")
  public void onRequest(ConsumerRecord<byte[], byte[]> request) {
    answer(request, primaryOrElse(request));
  }

  @DltHandler
  public void onExhausted(ConsumerRecord<byte[], byte[]> request) {
    answer(request, calls.fallback(request.value()).join());
  }

  private byte[] primaryOrElse(ConsumerRecord<byte[], byte[]> request) {
    try {
      return breaker.executeSupplier(() -> calls.primary(request.value()).join());
    } catch (CallNotPermittedException open) {
      return calls.fallback(request.value()).join();
    }
  }

  private void answer(ConsumerRecord<byte[], byte[]> request, byte[] answer) {
    template.send(answers, request.partition(), request.key(), answer);
  }
}
