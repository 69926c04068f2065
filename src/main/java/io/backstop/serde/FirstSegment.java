package io.backstop.serde;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Gives a window store a segment while it is still empty. Since 4.3, Streams keeps in the segments
 * how far a store has read its changelog; one without any counts as corrupt at the next start, and
 * all stores of its task are deleted and restored from the beginning.
 */
public final class FirstSegment {
  /** No entry has an empty key, so that deleting it changes nothing. */
  private static final String NO_KEY = "";

  private FirstSegment() {}

  /**
   * Once, right after the start of a task: there is no time yet to write with while it starts.
   *
   * @param bucket of which entries bear the beginning as their time
   */
  public static void ensure(
      ProcessorContext<?, ?> context, WindowStore<String, ?> store, Duration bucket) {
    var once = new AtomicReference<Cancellable>();
    once.set(
        context.schedule(
            Duration.ofMillis(1),
            PunctuationType.WALL_CLOCK_TIME,
            now -> {
              store.put(NO_KEY, null, now - now % bucket.toMillis());
              once.get().cancel();
            }));
  }
}
