package io.backstop.torture;

import io.backstop.torture.Disturbance.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Lets the blows of a plan fall, each at its time, and ends those that last. */
final class Blows implements AutoCloseable {
  /** A blow that waits, for the broker say, must not delay the others. */
  private static final int THREADS = 4;

  private final Surroundings around;
  private final List<Supervisor> processors;
  private final Publisher publisher;
  private final Journal journal;
  private final Consumer<String> say;
  private final ServiceFaults faults;
  private final BlowTally tally = new BlowTally();
  private final ScheduledExecutorService times = Executors.newScheduledThreadPool(THREADS);

  /**
   * @param say takes a line about each blow when it falls
   */
  Blows(
      Surroundings around,
      List<Supervisor> processors,
      Publisher publisher,
      Journal journal,
      Consumer<String> say) {
    this.around = around;
    this.processors = processors;
    this.publisher = publisher;
    this.journal = journal;
    this.say = say;
    this.faults = new ServiceFaults(around::fault);
  }

  /** Returns when the time is up, the last blow is over and all services are well. */
  void fall(Plan plan, Duration length) {
    var all = new ArrayList<CompletableFuture<Void>>();
    for (Plan.Timed timed : plan.blows()) {
      var over = new CompletableFuture<Void>();
      all.add(over);
      at(Duration.ofMillis(timed.atMs()), over, () -> fall(timed.blow(), over));
    }
    var end = new CompletableFuture<Void>();
    all.add(end);
    at(length, end, () -> end.complete(null));
    CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();
    around.mend();
  }

  /** Which have fallen so far. */
  Toll toll() {
    return tally.toll();
  }

  private void fall(Blow blow, CompletableFuture<Void> over) {
    say.accept(blow.toString());
    if (blow instanceof Blow.Kill kill) {
      note(kill, processors.get(kill.processor()).kill());
      over.complete(null);
    } else if (blow instanceof Blow.Freeze freeze) {
      freeze(freeze, over);
    } else if (blow instanceof Blow.RestartBroker) {
      restartBroker();
      tally.fell(blow);
      over.complete(null);
    } else if (blow instanceof Blow.StopRegistry stop) {
      stopRegistry(stop, over);
    } else if (blow instanceof Blow.Fault fault) {
      int number = faults.begin(fault.service(), fault.how());
      tally.fell(blow);
      end(fault.time(), over, () -> faults.end(fault.service(), number));
    }
  }

  /**
   * @param spared why it came to nothing
   */
  private void note(Blow blow, Optional<String> spared) {
    if (spared.isEmpty()) {
      tally.fell(blow);
    } else {
      tally.skipped(blow, spared.get());
      say.accept("  which came to nothing: " + spared.get());
    }
  }

  private void freeze(Blow.Freeze freeze, CompletableFuture<Void> over) {
    Supervisor processor = processors.get(freeze.processor());
    Optional<String> spared = processor.freeze();
    if (spared.isPresent()) {
      note(freeze, spared);
      over.complete(null);
    } else {
      end(freeze.time(), over, () -> note(freeze, processor.thaw()));
    }
  }

  private synchronized void restartBroker() {
    long from = journal.now();
    around.restartBroker();
    journal.lasted(Kind.BROKER_AWAY, Disturbance.ALL, from);
  }

  private void stopRegistry(Blow.StopRegistry stop, CompletableFuture<Void> over) {
    publisher.changeSchema();
    around.stopRegistry();
    tally.fell(stop);
    end(
        stop.time(),
        over,
        () -> {
          around.restartRegistry();
          publisher.restoreSchema();
        });
  }

  private void end(Duration time, CompletableFuture<Void> over, Runnable ending) {
    at(
        time,
        over,
        () -> {
          ending.run();
          over.complete(null);
        });
  }

  private void at(Duration time, CompletableFuture<Void> over, Runnable step) {
    times.schedule(
        () -> {
          try {
            step.run();
          } catch (RuntimeException e) {
            over.completeExceptionally(e);
          }
        },
        time.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    times.shutdownNow();
  }
}
