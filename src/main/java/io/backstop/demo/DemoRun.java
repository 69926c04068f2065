package io.backstop.demo;

import io.backstop.action.ActionRequest;
import io.backstop.client.RequestProducer;
import io.backstop.config.StartupException;
import io.backstop.demo.Ledger.Coordinates;
import io.backstop.executor.Targets;
import io.backstop.runtime.BrokerFailure;
import io.backstop.serde.Registry;
import io.backstop.serde.WireEncoder;
import io.backstop.topology.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/** Publishes the sample and the generated requests, and waits until each has its outcome. */
public final class DemoRun {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /** Several commits long: so that a second outcome of the last record would be seen. */
  private static final Duration AFTER_THE_LAST = Duration.ofMillis(400);

  private final DemoSystem system;
  private final long generated;
  private final CompletableFuture<String> stop;
  private final String topic;
  private final Ledger ledger = new Ledger();
  private final Targets targets = Targets.load();
  private final SampleRequests sample = SampleRequests.bundled(targets);
  private final long startedAt;
  private final long giveUpAt;

  /**
   * @param generated how many requests beside the sample
   * @param startedAt {@link System#nanoTime} from when the time is counted
   * @param patience how long, from now on, to wait for all outcomes
   * @param stop completes with the reason when the run is to end early
   */
  public DemoRun(
      DemoSystem system,
      long generated,
      long startedAt,
      Duration patience,
      CompletableFuture<String> stop) {
    this.system = system;
    this.generated = generated;
    this.startedAt = startedAt;
    this.giveUpAt = System.nanoTime() + patience.toNanos();
    this.stop = stop;
    this.topic = new Topics(system.config().topics().prefix()).requests();
  }

  /** How many records are to be published. */
  public long planned() {
    return sample.size() + generated;
  }

  /**
   * What became of them; also when not everything was done in time or it was stopped.
   *
   * @throws StartupException when Kafka or the registry does not answer
   */
  public DemoReport toEnd(PrintWriter out) {
    var config = system.config();
    system.broken().thenAccept(stop::complete);
    try (var outcomes = OutcomeReader.start(config, ledger);
        var registry = new Registry(config.registry());
        var producer = RequestProducer.open(config);
        var progress = DemoProgress.of(planned(), out)) {
      outcomes.failure().whenComplete((done, e) -> stopReading(e));
      var encoder = new WireEncoder<>(registry, topic, ActionRequest.class);
      sample.first().forEach(request -> publish(request, producer, encoder));
      producer.flush();
      awaitOutcomes(sample.first().size(), progress);
      sample.repeats().forEach(request -> publish(request, producer, encoder));
      var more = new GeneratedRequests(targets);
      for (long count = 0; count < generated && !stop.isDone(); count++) {
        publish(more.next(), producer, encoder);
      }
      producer.flush();
      awaitOutcomes(planned(), progress);
      Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
      awaitNothingMore();
      return new DemoReport(planned(), ledger.entries(), took);
    } catch (KafkaException e) {
      throw BrokerFailure.explain(e, config.kafka());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while waiting for outcomes", e);
    }
  }

  private void stopReading(Throwable failure) {
    if (failure != null) {
      stop.complete("the outcomes cannot be read: " + failure.getMessage());
    }
  }

  private void publish(
      DemoRequest request, Producer<byte[], byte[]> producer, WireEncoder<ActionRequest> encoder) {
    producer.send(
        request.encoded(topic, encoder),
        (metadata, failure) -> {
          if (failure == null) {
            ledger.published(request, new Coordinates(metadata.partition(), metadata.offset()));
          } else {
            stop.complete("Kafka does not take requests: " + failure.getMessage());
          }
        });
  }

  private void awaitOutcomes(long count, DemoProgress progress) throws InterruptedException {
    long answered = ledger.answered();
    while (answered < count && !stop.isDone() && System.nanoTime() < giveUpAt) {
      ledger.awaitNews(LOOK_EVERY);
      answered = ledger.answered();
      progress.at(answered);
    }
  }

  private void awaitNothingMore() throws InterruptedException {
    long end = System.nanoTime() + AFTER_THE_LAST.toNanos();
    while (!stop.isDone() && System.nanoTime() < end) {
      ledger.awaitNews(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    }
  }
}
