package io.backstop.bench;

import io.backstop.action.ActionRequest;
import io.backstop.bench.BenchSettings.RequestEncoder;
import io.backstop.topology.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * Live requests at a steady pace, and the time from when each was due until a read-committed
 * consumer has its result. Counts the results of other requests too.
 */
final class LiveLoad implements AutoCloseable {
  /**
   * @param from as {@link System#nanoTime()}
   * @param to after {@code from}
   */
  record Span(long from, long to) {}

  private static final String LIVE = "live-";
  private static final Duration POLL = Duration.ofMillis(20);

  private final String topic;
  private final int partitions;
  private final RequestEncoder encoder;
  private final Function<String, ActionRequest> request;
  private final Producer<byte[], byte[]> producer;
  private final Map<Integer, Long> visibleAt = new ConcurrentHashMap<>();
  private final AtomicInteger others = new AtomicInteger();
  private final CompletableFuture<Void> reading;
  private final PacedLoad load;
  private volatile boolean closing;

  /**
   * Starts at once.
   *
   * @param request by its id
   */
  LiveLoad(
      BenchCluster cluster,
      BenchSettings settings,
      int partitions,
      int perSecond,
      Function<String, ActionRequest> request) {
    this.request = request;
    this.topic = new Topics(settings.prefix()).requests();
    this.partitions = partitions;
    this.encoder = settings.new RequestEncoder();
    this.producer = Clients.producer(cluster);
    Consumer<byte[], byte[]> results = Clients.consumer(cluster, "live");
    results.assign(Clients.partitions(results, new Topics(settings.prefix()).results()));
    this.reading = CompletableFuture.runAsync(() -> read(results), run -> thread(run).start());
    this.load = PacedLoad.start(perSecond, this::publish);
  }

  /** Results that came of requests that are not its own. */
  int others() {
    return others.get();
  }

  /**
   * Waits for the results of all that was due in a span of time.
   *
   * @param from as {@link System#nanoTime()}
   * @param to after {@code from}, not in the future
   */
  Latencies between(long from, long to) {
    List<Integer> turns = turns(new Span(from, to)).boxed().toList();
    Waiting.until("live requests have their results", () -> has(turns));
    return Latencies.of(
        turns.stream().map(turn -> (visibleAt.get(turn) - load.dueAt(turn)) / 1e6).toList());
  }

  /** Whether all that was due in a span of time has its results. */
  boolean hasAll(Span span) {
    return has(turns(span).boxed().toList());
  }

  /**
   * The longest time in which no result of a partition became visible.
   *
   * @param span in which the requests were due; {@link #hasAll} is true for it
   */
  double longestPauseSeconds(int partition, Span span) {
    return Pauses.longestSeconds(
        turns(span)
            .filter(turn -> partition(key(turn)) == partition)
            .mapToLong(visibleAt::get)
            .toArray());
  }

  private IntStream turns(Span span) {
    return IntStream.range(load.firstDueFrom(span.from()), load.firstDueFrom(span.to()));
  }

  private boolean has(List<Integer> turns) {
    if (reading.isDone()) {
      reading.join();
    }
    return visibleAt.keySet().containsAll(turns);
  }

  private void publish(int turn) {
    byte[] key = key(turn);
    producer.send(
        new ProducerRecord<>(
            topic, partition(key), key, encoder.encode(request.apply(LIVE + turn))));
  }

  private static byte[] key(int turn) {
    return (LIVE + turn).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * As an upstream's producer chooses it, so that a request and its result are in partitions of one
   * number: else the open transaction of a dead instance would hide results of all the others.
   */
  private int partition(byte[] key) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }

  private void read(Consumer<byte[], byte[]> results) {
    try (results) {
      while (!closing) {
        for (ConsumerRecord<byte[], byte[]> result : results.poll(POLL)) {
          String id = new String(result.key(), StandardCharsets.UTF_8);
          if (id.startsWith(LIVE)) {
            visibleAt.put(Integer.parseInt(id.substring(LIVE.length())), System.nanoTime());
          } else {
            others.incrementAndGet();
          }
        }
      }
    }
  }

  private static Thread thread(Runnable run) {
    Thread thread = new Thread(run, "live-results");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    load.close();
    closing = true;
    reading.join();
    producer.close();
    encoder.close();
  }
}
