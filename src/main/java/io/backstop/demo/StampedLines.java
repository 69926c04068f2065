package io.backstop.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Prints lines that begin with the time since a start. Thread-safe. */
final class StampedLines {
  private final PrintWriter out;
  private final InstantSource clock;
  private final Instant start;

  /** Starts now. */
  StampedLines(PrintWriter out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
    this.start = clock.instant();
  }

  void say(String line) {
    say(clock.instant(), line);
  }

  /** About something that happened at another time than now. */
  synchronized void say(Instant at, String line) {
    out.println("  " + stamp(at) + "  " + line);
    out.flush();
  }

  Duration elapsed() {
    return Duration.between(start, clock.instant());
  }

  boolean isBeforeStart(Instant at) {
    return at.isBefore(start);
  }

  /** As the lines show it, for example {@code 2.1 s}; 6 characters or more. */
  String stamp(Instant at) {
    double seconds = Duration.between(start, at).toMillis() / 1e3;
    return String.format(Locale.ROOT, "%4.1f s", seconds);
  }
}
