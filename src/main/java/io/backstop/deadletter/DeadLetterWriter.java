package io.backstop.deadletter;

import io.backstop.action.DeadLetter;
import io.backstop.action.Failure;
import io.backstop.serde.KafkaHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/** Turns a failure into the one dead letter that records it. */
public final class DeadLetterWriter implements Processor<byte[], Failure, byte[], Object> {
  private final LetterCount count;
  private ProcessorContext<byte[], Object> context;

  private final String letterChild;
  private final String observer;

  private DeadLetterWriter(LetterCount count, String letterChild, String observer) {
    this.count = count;
    this.letterChild = letterChild;
    this.observer = observer;
  }

  /**
   * @param letterChild where the letters go
   * @param observer where failures of records that never became work go, beside their letters; the
   *     outcome of work is observed where it is recorded
   */
  public static ProcessorSupplier<byte[], Failure, byte[], Object> supplier(
      LetterCount count, String letterChild, String observer) {
    return () -> new DeadLetterWriter(count, letterChild, observer);
  }

  @Override
  public void init(ProcessorContext<byte[], Object> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<byte[], Failure> record) {
    Failure failure = record.value();
    DeadLetter letter = LetterWriting.letter(failure, record.timestamp());
    count.written(failure);
    context.forward(
        new Record<>(
            LetterWriting.key(letter),
            letter,
            record.timestamp(),
            KafkaHeaders.of(letter.getOriginal())),
        letterChild);
    if (failure.idempotencyKey().isEmpty()) {
      context.forward(new Record<>(record.key(), failure, record.timestamp()), observer);
    }
  }
}
