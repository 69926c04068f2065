package io.backstop.desk;

import io.backstop.action.DeadLetter;
import io.backstop.action.DeskOrder;
import io.backstop.action.Failure;
import io.backstop.config.DeskConfig;
import io.backstop.metrics.ActionMetrics;
import io.backstop.serde.WireDecoder;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The node where dead letters come to rest, and from where they are sent in again.
 *
 * @param letters makes a letter of what is none
 * @param resubmitting says what a replay sends in; previews ask it too
 */
public record DeskNode(
    WireDecoder<DeadLetter> decoder,
    DeskConfig config,
    Letters letters,
    Resubmitting resubmitting,
    Orders orders,
    ActionMetrics metrics)
    implements ProcessorSupplier<byte[], byte[], byte[], Object> {

  /** Makes a letter that fits its topic. */
  @FunctionalInterface
  public interface Letters {
    DeadLetter of(Failure failure, long now);
  }

  /**
   * How operations reach the desk, and the desk them.
   *
   * @param topic whose records are orders; those of any other are letters
   * @param resubmissions name of the node that writes {@link io.backstop.action.Resubmission}s
   * @param reports name of the node that writes {@link io.backstop.action.DeskReport}s
   */
  public record Orders(
      String topic, WireDecoder<DeskOrder> decoder, String resubmissions, String reports) {}

  @Override
  public Processor<byte[], byte[], byte[], Object> get() {
    return new DeadLetterDesk(this);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    return DeskStores.all();
  }
}
