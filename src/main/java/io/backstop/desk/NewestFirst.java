package io.backstop.desk;

import io.backstop.action.LetterStatus;
import io.backstop.action.LetterSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The letters of a query's statuses and times, newest first: a merge of one range per status. */
final class NewestFirst implements AutoCloseable {
  private final List<Range> open = new ArrayList<>();
  private final PriorityQueue<Range> ranges =
      new PriorityQueue<>(Comparator.comparing(Range::position));

  /** The letters of one status. */
  private record Range(KeyValueIterator<Bytes, LetterSummary> letters) {
    LetterPosition position() {
      return TimeKey.position(letters.peekNextKey());
    }
  }

  private NewestFirst() {}

  static NewestFirst of(ReadOnlyKeyValueStore<Bytes, LetterSummary> byTime, LetterQuery query) {
    NewestFirst merged = new NewestFirst();
    List<LetterStatus> statuses =
        query.filter().status().map(List::of).orElse(Arrays.asList(LetterStatus.values()));
    for (LetterStatus status : statuses) {
      merged.add(byTime, status, query);
    }
    return merged;
  }

  private void add(
      ReadOnlyKeyValueStore<Bytes, LetterSummary> byTime, LetterStatus status, LetterQuery query) {
    long newest = query.to().isPresent() ? query.to().getAsLong() - 1 : Long.MAX_VALUE;
    long oldest = query.from().isPresent() ? Math.max(query.from().getAsLong(), 0) : 0;
    if (newest < oldest) {
      return;
    }
    Bytes from = TimeKey.notNewerThan(status, newest);
    if (query.after().isPresent()) {
      Bytes after = TimeKey.of(status, query.after().get());
      from = after.compareTo(from) > 0 ? after : from;
    }
    Bytes to = TimeKey.olderThan(status, oldest);
    if (from.compareTo(to) > 0) {
      return;
    }
    Range range = new Range(byTime.range(from, to));
    open.add(range);
    if (query.after().isPresent()
        && range.letters().hasNext()
        && range.position().equals(query.after().get())) {
      range.letters().next();
    }
    offer(range);
  }

  boolean hasNext() {
    return !ranges.isEmpty();
  }

  LetterSummary next() {
    Range first = ranges.remove();
    LetterSummary letter = first.letters().next().value;
    offer(first);
    return letter;
  }

  private void offer(Range range) {
    if (range.letters().hasNext()) {
      ranges.add(range);
    }
  }

  @Override
  public void close() {
    open.forEach(range -> range.letters().close());
  }
}
