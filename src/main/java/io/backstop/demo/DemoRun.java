package io.backstop.demo;

import io.backstop.config.StartupException;
import io.backstop.executor.Targets;
import io.backstop.runtime.BrokerFailure;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;

/**
 * Publishes the sample and the generated requests, waits until each has its outcome, then shows an
 * outage.
 */
public final class DemoRun {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /** Several commits long: so that a second outcome of the last record would be seen. */
  private static final Duration AFTER_THE_LAST = Duration.ofMillis(400);

  private final DemoSystem system;
  private final DemoLoad load;
  private final CompletableFuture<String> stop;
  private final Ledger ledger = new Ledger();
  private final Targets targets = Targets.load();
  private final SampleRequests sample = SampleRequests.bundled(targets);
  private final long startedAt;
  private final long giveUpAt;

  /**
   * @param startedAt {@link System#nanoTime} from when the time is counted
   * @param stop completes with the reason when the run is to end early
   */
  public DemoRun(DemoSystem system, DemoLoad load, long startedAt, CompletableFuture<String> stop) {
    this.system = system;
    this.load = load;
    this.startedAt = startedAt;
    this.giveUpAt = System.nanoTime() + load.patience().toNanos();
    this.stop = stop;
  }

  /** How many records are to be published before the outage. */
  public long planned() {
    return sample.size() + load.generated();
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
        var publishing = new Publishing(config, ledger, stop)) {
      outcomes.failure().whenComplete((done, e) -> stopReading(e));
      healthy(publishing, out);
      CircuitChanges circuits = CircuitChanges.NONE;
      long planned = planned();
      if (load.outage().isPresent() && ledger.answered() == planned && !stop.isDone()) {
        var outage = new OutagePhase(system, load, stop);
        circuits = outage.toEnd(new OutageRequests(targets), publishing, ledger, out);
        planned = publishing.sent();
      }
      Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
      awaitNothingMore();
      return new DemoReport(planned, ledger.entries(), circuits, took);
    } catch (KafkaException e) {
      throw BrokerFailure.explain(e, config.kafka());
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

  private void healthy(Publishing publishing, PrintWriter out) throws InterruptedException {
    try (var progress = DemoProgress.of(planned(), out)) {
      sample.first().forEach(publishing::publish);
      publishing.flush();
      awaitOutcomes(sample.first().size(), progress);
      sample.repeats().forEach(publishing::publish);
      var more = new GeneratedRequests(targets);
      for (long count = 0; count < load.generated() && !stop.isDone(); count++) {
        publishing.publish(more.next());
      }
      publishing.flush();
      awaitOutcomes(planned(), progress);
    }
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
