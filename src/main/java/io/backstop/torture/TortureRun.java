package io.backstop.torture;

import io.backstop.config.BackstopConfig;
import io.backstop.config.ConfigLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

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
      processors.add(new Supervisor(number, file, log, journal, () -> !around.isWhole()));
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
    try (var publisher = new Publisher(config, new Load(options.seed()));
        var blows = new Blows(around, processors, publisher, journal, each -> say("%s", each))) {
      publisher.start(options.rate());
      blows.fall(plan, options.length());
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
    for (Supervisor processor : processors) {
      if (processor.process() != null) {
        processor.stop();
      }
    }
    around.close();
  }
}
