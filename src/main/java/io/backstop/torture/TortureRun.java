package io.backstop.torture;

import io.backstop.config.BackstopConfig;
import io.backstop.config.ConfigLoader;
import io.backstop.torture.Disturbance.Kind;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One run: everything is started, blows fall under load, then all is mended and left to finish, and
 * the evidence is judged.
 */
public final class TortureRun implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofSeconds(90);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final TortureOptions options;
  private final PrintWriter out;
  private final Journal journal = new Journal(InstantSource.system());
  private final Surroundings around;
  private final List<Supervisor> processors = new ArrayList<>();
  private final BackstopConfig config;
  private final ScheduledExecutorService blows = Executors.newScheduledThreadPool(4);
  private final AtomicInteger away = new AtomicInteger();

  private TortureRun(TortureOptions options, Workplace place, PrintWriter out) {
    this.options = options;
    this.out = out;
    this.around = Surroundings.start(place.directory(), options.seed());
    BackstopConfig last = null;
    for (int number = 0; number < Plan.PROCESSORS; number++) {
      Path file = place.file("processor-" + number + ".yaml");
      Path state = place.file("state-" + number);
      var values = FleetSettings.of(around, around.simulator(number), state, options.protocol());
      FleetSettings.write(values, file);
      last = ConfigLoader.ignoringProcess().load(Optional.of(file), Map.of());
      Path log = place.file("processor-" + number + ".log");
      processors.add(new Supervisor(number, file, log, journal, () -> away.get() > 0));
    }
    this.config = last;
  }

  /**
   * Runs to the end, and prints what happens.
   *
   * @param directory where data and logs are left; where there is none, they are kept only after a
   *     violation
   */
  public static Report run(TortureOptions options, Optional<Path> directory, PrintWriter out) {
    Plan plan = Plan.of(options.seed(), options.length());
    out.printf("Plan of seed %d:%n", options.seed());
    plan.blows().forEach(blow -> out.println("  " + blow));
    out.flush();
    Workplace place = Workplace.at(directory);
    Report report;
    try (var run = new TortureRun(options, place, out)) {
      report = run.toEnd(plan);
    }
    if (report.isClean()) {
      place.discard();
    } else {
      out.println("Data and logs are in " + place.directory());
    }
    return report;
  }

  private Report toEnd(Plan plan) {
    processors.forEach(Supervisor::start);
    CompletableFuture.allOf(
            processors.stream().map(Supervisor::running).toArray(CompletableFuture<?>[]::new))
        .orTimeout(START_PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
    say("%d processors run (%s); the load starts", processors.size(), options.protocol());
    try (var publisher = new Publisher(config, new Load(options.seed()))) {
      publisher.start(options.rate());
      strike(plan, publisher);
      publisher.finish();
      say("%d requests had a schema that was new", publisher.ofNewerSchema());
      if (publisher.refused() > 0) {
        say("%d records were not confirmed within a minute", publisher.refused());
      }
    }
    boolean done = drain();
    processors.forEach(Supervisor::stop);
    say(done ? "all have an outcome; judging" : "not all have an outcome in time; judging");
    Verdict verdict = Checker.check(new EvidenceReader(config).read(around, journal));
    return new Report(options, plan, verdict);
  }

  /** Each blow at its time; returns when the last one is over and all is mended. */
  private void strike(Plan plan, Publisher publisher) {
    var all = new ArrayList<CompletableFuture<Void>>();
    for (Plan.Timed timed : plan.blows()) {
      var over = new CompletableFuture<Void>();
      all.add(over);
      blows.schedule(
          () -> strike(timed.blow(), publisher, over), timed.atMs(), TimeUnit.MILLISECONDS);
    }
    var end = new CompletableFuture<Void>();
    all.add(end);
    blows.schedule(() -> end.complete(null), options.length().toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();
    around.mend();
  }

  private void strike(Blow blow, Publisher publisher, CompletableFuture<Void> over) {
    try {
      say("%s", blow);
      if (blow instanceof Blow.Kill kill) {
        kill(processors.get(kill.processor()));
        over.complete(null);
      } else if (blow instanceof Blow.Freeze freeze) {
        freeze(freeze, over);
      } else if (blow instanceof Blow.RestartBroker) {
        restartBroker();
        over.complete(null);
      } else if (blow instanceof Blow.StopRegistry stop) {
        stopRegistry(stop, publisher, over);
      } else if (blow instanceof Blow.Fault fault) {
        around.fault(fault.service(), fault.how().plan());
        later(fault.time(), over, () -> around.fault(fault.service(), Misbehaviour.WELL));
      }
    } catch (RuntimeException e) {
      over.completeExceptionally(e);
    }
  }

  private void kill(Supervisor processor) {
    if (processor.isRunning()) {
      processor.kill();
    } else {
      say("  which is only starting: it is left alone");
    }
  }

  private void freeze(Blow.Freeze freeze, CompletableFuture<Void> over) {
    ProcessorProcess frozen = processors.get(freeze.processor()).process();
    long from = journal.now();
    frozen.freeze();
    later(
        freeze.time(),
        over,
        () -> {
          frozen.thaw();
          journal.lasted(Kind.FROZEN, freeze.processor(), from);
        });
  }

  private synchronized void restartBroker() {
    long from = journal.now();
    away.incrementAndGet();
    around.restartBroker();
    away.decrementAndGet();
    journal.lasted(Kind.BROKER_AWAY, Disturbance.ALL, from);
  }

  private void stopRegistry(
      Blow.StopRegistry stop, Publisher publisher, CompletableFuture<Void> over) {
    publisher.changeSchema();
    around.stopRegistry();
    away.incrementAndGet();
    later(
        stop.time(),
        over,
        () -> {
          around.restartRegistry();
          away.decrementAndGet();
          publisher.restoreSchema();
        });
  }

  private void later(Duration time, CompletableFuture<Void> over, Runnable end) {
    blows.schedule(
        () -> {
          try {
            end.run();
            over.complete(null);
          } catch (RuntimeException e) {
            over.completeExceptionally(e);
          }
        },
        time.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Waits until all that was published has an outcome; false when that takes too long. */
  private boolean drain() {
    long deadline = System.nanoTime() + options.patience().toNanos();
    var reader = new EvidenceReader(config);
    while (System.nanoTime() < deadline) {
      EvidenceReader.Counts counts = reader.counts();
      say("%d of %d have an outcome", counts.outcomes(), counts.published());
      if (counts.outcomes() >= counts.published()) {
        return true;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }

  private void say(String format, Object... values) {
    synchronized (out) {
      out.printf("%tT  %s%n", journal.now(), format.formatted(values));
      out.flush();
    }
  }

  @Override
  public void close() {
    blows.shutdownNow();
    for (Supervisor processor : processors) {
      if (processor.process() != null) {
        processor.stop();
      }
    }
    around.close();
  }
}
