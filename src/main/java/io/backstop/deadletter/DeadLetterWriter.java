package io.backstop.deadletter;

import io.backstop.action.DeadLetter;
import io.backstop.action.Failure;
import io.backstop.metrics.ActionMetrics;
import io.backstop.serde.KafkaHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/** Turns a failure into the one dead letter that records it. */
public final class DeadLetterWriter implements Processor<byte[], Failure, byte[], DeadLetter> {
  private final ActionMetrics metrics;
  private ProcessorContext<byte[], DeadLetter> context;

  private DeadLetterWriter(ActionMetrics metrics) {
    this.metrics = metrics;
  }

  public static ProcessorSupplier<byte[], Failure, byte[], DeadLetter> supplier(
      ActionMetrics metrics) {
    return () -> new DeadLetterWriter(metrics);
  }

  @Override
  public void init(ProcessorContext<byte[], DeadLetter> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<byte[], Failure> record) {
    Failure failure = record.value();
    DeadLetter letter = LetterWriting.letter(failure, record.timestamp());
    metrics.request("dead-lettered");
    context.forward(
        new Record<>(
            LetterWriting.key(letter),
            letter,
            record.timestamp(),
            KafkaHeaders.of(letter.getOriginal())));
  }
}
