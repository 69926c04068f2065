package io.backstop.cli;

import io.backstop.client.InvalidRequestException;
import io.backstop.client.RequestParser;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Publishes line after line to the end, or to where Kafka or Ctrl-C stops it. For one thread. */
final class PublishRun {
  private static final Duration PATIENCE_AFTER_INTERRUPT = Duration.ofSeconds(5);

  private final LineReader lines;
  private final RequestParser parser;
  private final Publisher publisher;
  private final PublishReport report;
  private final PublishProgress progress;
  private final long startedAt = System.nanoTime();
  private final AtomicBoolean summed = new AtomicBoolean();
  private volatile long lastLine;

  PublishRun(
      LineReader lines,
      RequestParser parser,
      Publisher publisher,
      PublishReport report,
      PublishProgress progress) {
    this.lines = lines;
    this.parser = parser;
    this.publisher = publisher;
    this.report = report;
    this.progress = progress;
  }

  /** Returns the exit code. {@code summary} gets one line at the end, also when Ctrl-C ends it. */
  int toEnd(Consumer<String> summary, String topic) throws IOException {
    var interrupted =
        new Thread(
            () -> {
              report.stop("interrupted");
              publisher.close(PATIENCE_AFTER_INTERRUPT);
              sumUp(summary, topic);
            });
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      readAll();
      publisher.flush();
    } catch (RuntimeException e) {
      if (report.stopped().isPresent()) {
        // the producer was closed under our hands: what stopped us is the news, not this
        sumUp(summary, topic);
        return report.exitCode();
      }
      report.stop(e.getMessage());
      publisher.flush();
      sumUp(summary, topic);
      throw e;
    } finally {
      removeHook(interrupted);
    }
    sumUp(summary, topic);
    return report.exitCode();
  }

  private void readAll() throws IOException {
    while (report.stopped().isEmpty()) {
      var next = lines.next();
      if (next.isEmpty()) {
        return;
      }
      publish(next.get());
      progress.at(report.publishedSoFar());
    }
  }

  private void publish(LineReader.Line line) {
    if (line instanceof LineReader.Line.Text text) {
      try {
        publisher.publish(text.number(), parser.parse(text.text()));
      } catch (InvalidRequestException e) {
        report.failed(text.number(), e.getMessage());
      }
    } else if (line instanceof LineReader.Line.Unreadable unreadable) {
      report.failed(unreadable.number(), unreadable.problem());
    }
    lastLine = line.number();
  }

  private void sumUp(Consumer<String> summary, String topic) {
    if (summed.compareAndSet(false, true)) {
      progress.close();
      var took = Duration.ofNanos(System.nanoTime() - startedAt);
      summary.accept(report.summary(topic, lastLine, took));
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // Ctrl-C: the hook runs already and sums up
    }
  }
}
