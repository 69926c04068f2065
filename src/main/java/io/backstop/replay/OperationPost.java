package io.backstop.replay;

import io.backstop.action.CommandResult;
import io.backstop.action.DeskOrder;
import io.backstop.action.FleetKey;
import io.backstop.action.OperationStatus;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Sends what operations cause to the coordinator's children. Stream thread only. */
final class OperationPost {
  private static final IntConsumer NOBODY_ASKS = desks -> {};

  private final ProcessorContext<String, Object> context;
  private final ReplayCoordinator.Children children;

  OperationPost(ProcessorContext<String, Object> context, ReplayCoordinator.Children children) {
    this.context = context;
    this.children = children;
  }

  /**
   * @param desks is told how many there are, before this returns
   */
  void toAll(DeskOrder order, IntConsumer desks, long now) {
    send(new AddressedOrder(order, Optional.empty(), desks), now);
  }

  void toAll(DeskOrder order, long now) {
    toAll(order, NOBODY_ASKS, now);
  }

  void to(int desk, DeskOrder order, long now) {
    send(new AddressedOrder(order, Optional.of(desk), NOBODY_ASKS), now);
  }

  private void send(AddressedOrder order, long now) {
    forward(order.order().getOperationId(), order, now, children.orders());
  }

  void tell(String id, OperationStatus status, long now) {
    forward(FleetKey.OPERATION.of(id), OperationRecords.state(status, now), now, children.states());
  }

  void forget(String id, long now) {
    forward(FleetKey.OPERATION.of(id), null, now, children.states());
  }

  void answer(CommandResult result, long now) {
    forward(result.getSubject(), result, now, children.results());
  }

  private void forward(String key, Object value, long now, String child) {
    context.forward(new Record<>(key, value, now), child);
  }
}
