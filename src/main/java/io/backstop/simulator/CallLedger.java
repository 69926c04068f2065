package io.backstop.simulator;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The latest calls to one service, by time of arrival; when it is full, the oldest goes. Written by
 * those who serve them, read by anyone: a reader holds the writer up only while references are
 * copied.
 */
final class CallLedger {

  /** An entry; replaced as a whole, so that a reader sees no half of a change. */
  private static final class Entry implements CallTrace {
    private volatile RecordedCall call;

    Entry(RecordedCall call) {
      this.call = call;
    }

    @Override
    public void read(String endpoint, Supplier<String> key, IntSupplier generation) {
      call = call.read(endpoint, Optional.ofNullable(key.get()), generation.getAsInt());
    }

    @Override
    public void answered(String status) {
      call = call.answered(status, System.nanoTime());
    }
  }

  private final Clock clock;
  private final Entry[] ring;
  private long arrived;

  /**
   * @param capacity the most calls kept, at least 1
   */
  CallLedger(int capacity, Clock clock) {
    this.ring = new Entry[capacity];
    this.clock = clock;
  }

  int capacity() {
    return ring.length;
  }

  synchronized CallTrace arrived() {
    int slot = (int) (arrived % ring.length);
    arrived++;
    Entry entry =
        new Entry(
            new RecordedCall(
                arrived,
                clock.millis(),
                System.nanoTime(),
                ServiceTraffic.UNREAD,
                Optional.empty(),
                0,
                Optional.empty()));
    ring[slot] = entry;
    return entry;
  }

  /**
   * The calls after one, oldest first, as far as they are still kept.
   *
   * @param sequence 0 for all
   * @param most how many at most, the oldest of them
   */
  List<RecordedCall> since(long sequence, int most) {
    List<RecordedCall> calls = new ArrayList<>();
    for (Entry entry : entriesSince(sequence, most)) {
      calls.add(entry.call);
    }
    return calls;
  }

  private synchronized Entry[] entriesSince(long sequence, int most) {
    long first = Math.max(Math.max(0, sequence), arrived - ring.length);
    int count = (int) Math.min(most, Math.max(0, arrived - first));
    Entry[] entries = new Entry[count];
    for (int i = 0; i < count; i++) {
      entries[i] = ring[(int) ((first + i) % ring.length)];
    }
    return entries;
  }
}
