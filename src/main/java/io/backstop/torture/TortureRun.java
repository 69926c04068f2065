package io.backstop.torture;

import io.backstop.config.BackstopConfig;
import io.backstop.config.ConfigLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);
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
    var outages = new Outages(InstantSource.system());
    this.around = Surroundings.start(place.directory(), options.seed(), outages);
    BackstopConfig last = null;
    for (int number = 0; number < Plan.PROCESSORS; number++) {
      Path file = place.file("processor-" + number + ".yaml");
      Path state = place.file("state-" + number);
      var values = FleetSettings.of(around, around.simulator(number), state, options.protocol());
      FleetSettings.write(values, file);
      last = ConfigLoader.ignoringProcess().load(Optional.of(file), Map.of());
      Path log = place.file("processor-" + number + ".log");
      Supervisor.Starter starter = lines -> ProcessorProcess.start(file, log, lines);
      processors.add(new Supervisor(number, starter, journal, outages, STOP_PATIENCE));
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
    Toll toll;
    try (var publisher = new Publisher(config, new Load(options.seed()));
        var blows = new Blows(around, processors, publisher, journal, each -> say("%s", each))) {
      publisher.start(options.rate());
      blows.fall(plan, options.length());
      publisher.finish();
      toll = blows.toll();
      say("%d requests had a schema that was new", publisher.ofNewerSchema());
      if (publisher.notMade() > 0) {
        say("%d records could not be made, and are missing in the load", publisher.notMade());
      }
      if (publisher.refused() > 0) {
        say("%d records were not confirmed within a minute", publisher.refused());
      }
    }
    boolean done = drain();
    processors.forEach(Supervisor::stop);
    say(done ? "all have an outcome; judging" : "not all have an outcome in time; judging");
    Verdict verdict = Checker.check(new EvidenceReader(config).read(around, journal, toll));
    return new Report(options, plan, verdict);
  }

  /**
   * Waits until all that was published has an outcome and no further one comes; false when that
   * takes too long.
   */
  private boolean drain() {
    var drain = new Drain(journal.now(), options.patience(), FleetSettings.LONGEST_WAIT);
    var reader = new EvidenceReader(config);
    while (true) {
      EvidenceReader.Counts counts = reader.counts();
      Drain.Stage stage = drain.look(counts.published(), counts.outcomes(), journal.now());
      say("%d outcomes of %d: %s", counts.outcomes(), counts.published(), lowerCase(stage));
      if (stage == Drain.Stage.DONE || stage == Drain.Stage.OVERDUE) {
        return stage == Drain.Stage.DONE;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  private static String lowerCase(Drain.Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  private void say(String format, Object... values) {
    synchronized (out) {
      out.printf("%tT  %s%n", journal.now(), format.formatted(values));
      out.flush();
    }
  }

  @Override
  public void close() {
    processors.forEach(Supervisor::stop);
    around.close();
  }
}
