package io.backstop.cli;

import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.action.OperationStatus;
import io.backstop.client.FleetStates;
import io.backstop.config.BackstopConfig;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Stays with a running replay until it is over, or until Ctrl-C. */
final class ReplayFollowing {
  /** Set by the launcher, because Java cannot tell whether standard error is a terminal. */
  private static final String TERMINAL_PROPERTY = "terminal.stderr";

  private final CommandSpec spec;
  private final BackstopConfig settings;
  private final boolean json;
  private final InstantSource clock = InstantSource.system();

  ReplayFollowing(CommandSpec spec, BackstopConfig settings, boolean json) {
    this.spec = spec;
    this.settings = settings;
    this.json = json;
  }

  /**
   * Follows a replay.
   *
   * @param begun whether it is known to have begun, so that its state is waited for
   * @return the exit code
   */
  int follow(String id, boolean begun) {
    PrintWriter err = spec.commandLine().getErr();
    Problems problems = new Problems(err);
    try (FleetStates fleet = FleetStates.open(settings, problems);
        StopSignal stop = new StopSignal()) {
      Map<String, FleetState> states = fleet.read();
      String key = FleetKey.OPERATION.of(id);
      if (!begun && !states.containsKey(key)) {
        problems.accept("no replay " + id + " is known: 'backstop replay list' has those that are");
        return ExitCode.FAILED;
      }
      return finish(id, watched(fleet, id, Optional.ofNullable(states.get(key)), stop));
    }
  }

  private ReplayWatch watched(
      FleetStates fleet, String id, Optional<FleetState> state, StopSignal stop) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    boolean terminal = Boolean.getBoolean(TERMINAL_PROPERTY);
    try (ReplayDisplay display = ReplayDisplay.of(id, json, terminal, out, err)) {
      ReplayWatch watch = new ReplayWatch(id, display, clock);
      state.ifPresent(each -> watch.changed(FleetKey.OPERATION.of(id), each));
      fleet.follow(watch, () -> !watch.isOver() && !stop.reason().isDone());
      return watch;
    }
  }

  private int finish(String id, ReplayWatch watch) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Optional<OperationStatus> status = watch.status();
    if (!watch.isOver()) {
      err.printf(
          "Detached: the replay goes on. 'backstop replay --follow %s' comes back to it,"
              + " 'backstop replay cancel %s' stops it.%n",
          id, id);
      return ExitCode.OK;
    } else if (status.isEmpty()) {
      err.println("backstop: the fleet has forgotten replay " + id);
      return ExitCode.FAILED;
    }
    if (!json) {
      out.println(ReplayStatusText.summary(id, status.get(), clock.instant()));
    }
    return ReplayStatusText.exitCode(status.get());
  }
}
