package io.backstop.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;

/**
 * What became of each line. Thread-safe: deliveries are confirmed on the producer's thread.
 *
 * <p>Every line is either confirmed, reported by number, or after the line that {@link #stop}
 * names.
 */
final class PublishReport {
  /** Erases a progress bar, so that a message does not stand behind it. */
  private static final String ERASE = "\r\u001b[2K";

  private final PrintWriter err;
  private final boolean bar;
  private long published;
  private long failed;
  private String stopped;

  /**
   * @param bar whether a progress bar is drawn on the same terminal
   */
  PublishReport(PrintWriter err, boolean bar) {
    this.err = err;
    this.bar = bar;
  }

  synchronized void published() {
    published++;
  }

  synchronized void failed(long line, String problem) {
    failed++;
    err.println((bar ? ERASE : "") + "line " + line + ": " + problem);
  }

  /** Says why no further line is read; only the first reason counts. */
  synchronized void stop(String reason) {
    if (stopped == null) {
      stopped = reason;
    }
  }

  synchronized Optional<String> stopped() {
    return Optional.ofNullable(stopped);
  }

  synchronized long publishedSoFar() {
    return published;
  }

  /**
   * @param lastLine the last one that was read
   */
  synchronized String summary(String topic, long lastLine, Duration took) {
    var text = new StringBuilder();
    text.append(
        "published %,d requests to %s in %.1f s"
            .formatted(published, topic, took.toMillis() / 1e3));
    if (failed > 0) {
      text.append("; %,d lines were not published, see above".formatted(failed));
    }
    if (stopped != null) {
      text.append(
          "; stopped after line %d: %s; lines from %d on were not published"
              .formatted(lastLine, stopped, lastLine + 1));
    }
    return text.toString();
  }

  synchronized int exitCode() {
    return failed == 0 && stopped == null ? ExitCode.OK : ExitCode.FAILED;
  }
}
