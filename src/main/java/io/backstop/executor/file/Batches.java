package io.backstop.executor.file;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One thread that takes what has gathered while it worked, all at once: so that many appends share
 * one sync of the disk. A daemon that ends when there is nothing to do. Thread-safe.
 */
final class Batches<T> {
  private static final int LARGEST = 256;

  private final BlockingQueue<T> gathered;
  private final Consumer<List<T>> worker;
  private final ThreadPoolExecutor thread;

  /**
   * @param worker gets 1 to 256 items in the order of {@link #offer}, on the one thread; must not
   *     throw
   */
  Batches(String target, int longestQueue, Consumer<List<T>> worker) {
    this.gathered = new ArrayBlockingQueue<>(longestQueue);
    this.worker = worker;
    // bounded by the other queue: a wake-up is put into it for an item that found room there
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> WriterThreads.daemon(work, target));
    thread.allowCoreThreadTimeOut(true);
  }

  /** False when too much has gathered already. Returns at once. */
  boolean offer(T item) {
    if (!gathered.offer(item)) {
      return false;
    }
    thread.execute(this::work);
    return true;
  }

  int waiting() {
    return gathered.size();
  }

  private void work() {
    List<T> batch = new ArrayList<>();
    if (gathered.drainTo(batch, LARGEST) > 0) {
      worker.accept(batch);
    }
  }
}
