package io.backstop.replay;

import io.backstop.action.DeskOrder;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An order on its way to one desk, or to all of them. Only the sink knows how many partitions there
 * are at the moment when the order goes out, so it is the one who says how many desks were asked:
 * with any other number an operation could wait for a desk that there is not, or miss one.
 *
 * @param desk partition; empty for all desks
 * @param desks is told how many desks there are, on the stream thread, before {@code forward}
 *     returns
 */
public record AddressedOrder(DeskOrder order, Optional<Integer> desk, IntConsumer desks) {

  /**
   * Where it goes: a {@code StreamPartitioner} for the sink of these.
   *
   * @param partitions of the topic, now
   */
  public static Optional<Set<Integer>> partitions(
      String topic, String key, AddressedOrder order, int partitions) {
    order.desks().accept(partitions);
    return Optional.of(
        order
            .desk()
            .map(Set::of)
            .orElseGet(() -> IntStream.range(0, partitions).boxed().collect(Collectors.toSet())));
  }
}
