package io.backstop.cli;

import io.backstop.action.CommandResult;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.action.OperationStatus;
import io.backstop.client.Commands;
import io.backstop.client.FleetStates;
import io.backstop.config.BackstopConfig;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Shows on standard error how far work on letters is, at most once a second, until it has ended or
 * somebody presses Ctrl-C. For one thread.
 */
final class OperationProgress implements Commands.Waiting, AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final BackstopConfig settings;
  private final String operationId;
  private final PrintWriter err;
  private final Consumer<String> problems;
  private final StopSignal stop = new StopSignal();
  private FleetStates fleet;
  private String news = "";
  private long saidAt;

  OperationProgress(
      BackstopConfig settings, String operationId, PrintWriter err, Consumer<String> problems) {
    this.settings = settings;
    this.operationId = operationId;
    this.err = err;
    this.problems = problems;
    this.saidAt = System.nanoTime();
  }

  @Override
  public boolean isGivenUp() {
    return stop.isAskedFor();
  }

  @Override
  public void accepted(CommandResult answer) {
    fleet = FleetStates.open(settings, problems);
    fleet.read().forEach(this::changed);
  }

  @Override
  public boolean goesOn() {
    if (stop.isAskedFor()) {
      err.printf(
          "Stopped waiting; the work goes on. 'backstop audit --since 1h' shows how it ends"
              + " (command %s).%n",
          operationId);
      return false;
    }
    var first = new AtomicBoolean(true);
    fleet.follow(this::changed, () -> first.getAndSet(false));
    say();
    return true;
  }

  private void changed(String key, FleetState state) {
    if (key.equals(FleetKey.OPERATION.of(operationId))
        && state != null
        && state.getOperation() != null) {
      news = text(state.getOperation());
    }
  }

  static String text(OperationStatus status) {
    String passedOver =
        status.getReleased() > status.getChanged()
            ? ", %,d passed over".formatted(status.getReleased() - status.getChanged())
            : "";
    return "%s: %,d of %,d%s"
        .formatted(status.getPhase(), status.getChanged(), status.getSelected(), passedOver);
  }

  private void say() {
    if (!news.isEmpty() && System.nanoTime() - saidAt >= INTERVAL.toNanos()) {
      err.println(news);
      news = "";
      saidAt = System.nanoTime();
    }
  }

  @Override
  public void close() {
    if (fleet != null) {
      fleet.close();
    }
    stop.close();
  }
}
