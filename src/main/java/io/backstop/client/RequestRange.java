package io.backstop.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A part of the requests topic, pinned: of each partition the records from one offset up to before
 * another, and of these those that bear a timestamp of a span of time.
 *
 * @param from by partition
 * @param to by partition, for the same partitions
 * @param since this time or later
 * @param until before this time
 */
public record RequestRange(
    Map<Integer, Long> from,
    Map<Integer, Long> to,
    Optional<Instant> since,
    Optional<Instant> until) {

  /**
   * What an operator asks for.
   *
   * @param from first offset by partition, where given
   * @param to offset after the last by partition, where given
   */
  public record Wanted(
      Optional<Instant> since,
      Optional<Instant> until,
      Map<Integer, Long> from,
      Map<Integer, Long> to) {

    boolean hasTime() {
      return since.isPresent() || until.isPresent();
    }

    boolean names(int partition) {
      return from.containsKey(partition) || to.containsKey(partition);
    }
  }

  /**
   * What the topic has.
   *
   * @param beginnings offset of the oldest record by partition
   * @param ends offset after the last one by partition
   * @param atSince by partition the offset before which all records are older than {@code since}
   */
  public record Held(
      Map<Integer, Long> beginnings, Map<Integer, Long> ends, Map<Integer, Long> atSince) {}

  public RequestRange {
    from = Map.copyOf(from);
    to = Map.copyOf(to);
  }

  /**
   * Where offsets are given and no time, only the partitions that they name are in it.
   *
   * @throws InvalidRequestException when the topic has no such partition, or not these offsets
   */
  public static RequestRange of(Wanted wanted, Held held) throws InvalidRequestException {
    for (Map<Integer, Long> given : List.of(wanted.from(), wanted.to())) {
      for (int partition : given.keySet()) {
        require(held.ends().containsKey(partition), "there is no partition %d", partition);
      }
    }
    Map<Integer, Long> from = new TreeMap<>();
    Map<Integer, Long> to = new TreeMap<>();
    for (Map.Entry<Integer, Long> end : held.ends().entrySet()) {
      int partition = end.getKey();
      if (wanted.hasTime() || wanted.names(partition)) {
        long first = first(partition, wanted, held);
        from.put(partition, first);
        to.put(partition, Math.max(first, last(partition, wanted, end.getValue())));
      }
    }
    return new RequestRange(from, to, wanted.since(), wanted.until());
  }

  private static long first(int partition, Wanted wanted, Held held)
      throws InvalidRequestException {
    long beginning = held.beginnings().getOrDefault(partition, 0L);
    long asked = wanted.from().getOrDefault(partition, beginning);
    require(
        asked >= beginning,
        "--from-offset %d:%d is gone: the oldest record of that partition is at %d",
        partition,
        asked,
        beginning);
    return Math.max(asked, held.atSince().getOrDefault(partition, beginning));
  }

  private static long last(int partition, Wanted wanted, long end) throws InvalidRequestException {
    long asked = wanted.to().getOrDefault(partition, end);
    require(asked <= end, "--to-offset %d:%d is after the end, which is %d", partition, asked, end);
    require(
        asked >= wanted.from().getOrDefault(partition, 0L),
        "--to-offset %d:%d stands before --from-offset",
        partition,
        asked);
    return asked;
  }

  private static void require(boolean holds, String message, Object... values)
      throws InvalidRequestException {
    if (!holds) {
      throw new InvalidRequestException(message.formatted(values));
    }
  }

  /** Whether a record with this timestamp, epoch milliseconds, is of its span of time. */
  public boolean covers(long timestamp) {
    return since.map(each -> timestamp >= each.toEpochMilli()).orElse(true)
        && until.map(each -> timestamp < each.toEpochMilli()).orElse(true);
  }

  /** How many records there are at most. */
  public long span() {
    return to.entrySet().stream()
        .mapToLong(each -> each.getValue() - from.getOrDefault(each.getKey(), 0L))
        .sum();
  }
}
