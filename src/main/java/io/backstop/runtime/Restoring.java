package io.backstop.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** How much of the stores is still to be restored from Kafka. Thread-safe. */
final class Restoring implements StateRestoreListener {
  private final Map<TopicPartition, Long> remaining = new ConcurrentHashMap<>();

  @Override
  public void onRestoreStart(TopicPartition part, String store, long from, long end) {
    remaining.put(part, Math.max(0, end - from));
  }

  @Override
  public void onBatchRestored(TopicPartition part, String store, long upTo, long records) {
    // by number and not by offset: transactions leave gaps, but then the end corrects it
    remaining.computeIfPresent(part, (each, left) -> Math.max(0, left - records));
  }

  @Override
  public void onRestoreEnd(TopicPartition part, String store, long total) {
    remaining.remove(part);
  }

  @Override
  public void onRestoreSuspended(TopicPartition part, String store, long total) {
    remaining.remove(part);
  }

  /** Parts of stores that are being restored. */
  int stores() {
    return remaining.size();
  }

  /** Records that are still to be read for them, about. */
  long records() {
    return remaining.values().stream().mapToLong(Long::longValue).sum();
  }
}
