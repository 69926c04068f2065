package io.backstop.desk;

import io.backstop.action.DeadLetter;
import io.backstop.action.Failure;
import io.backstop.config.DeskConfig;
import io.backstop.metrics.ActionMetrics;
import io.backstop.serde.WireDecoder;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The node where dead letters come to rest.
 *
 * @param letters makes a letter of what is none
 * @param resubmitting says what a replay sends in; previews ask it too
 */
public record DeskNode(
    WireDecoder<DeadLetter> decoder,
    DeskConfig config,
    Letters letters,
    Resubmitting resubmitting,
    ActionMetrics metrics)
    implements ProcessorSupplier<byte[], byte[], Void, Void> {

  /** Makes a letter that fits its topic. */
  @FunctionalInterface
  public interface Letters {
    DeadLetter of(Failure failure, long now);
  }

  @Override
  public Processor<byte[], byte[], Void, Void> get() {
    return new DeadLetterDesk(this);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    return DeskStores.all();
  }
}
