package io.backstop.bench;

import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.client.FleetStates;
import io.backstop.config.BackstopConfig;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Follows what the fleet publishes about the circuit of one service, on a thread of its own. */
final class CircuitWatch implements AutoCloseable {
  private final String key;
  private final CompletableFuture<Void> following;
  private volatile CircuitStatus status;
  private volatile boolean closing;

  CircuitWatch(BackstopConfig config, String service) {
    key = FleetKey.CIRCUIT.of(service);
    following = CompletableFuture.runAsync(() -> follow(config), run -> thread(run).start());
  }

  /** Waits for a state; gives the status with which it began, or a later one of the same state. */
  CircuitStatus await(CircuitState state) {
    Predicate<CircuitStatus> is = each -> each != null && each.getState() == state;
    Waiting.until("the circuit is " + state, () -> following.isDone() || is.test(status));
    CircuitStatus now = status;
    if (!is.test(now)) {
      following.join();
    }
    return now;
  }

  private void follow(BackstopConfig config) {
    try (FleetStates states = FleetStates.open(config, problem -> {})) {
      states.read().forEach(this::take);
      states.follow(this::take, () -> !closing);
    }
  }

  private void take(String changed, FleetState state) {
    if (changed.equals(key) && state != null) {
      status = state.getCircuit();
    }
  }

  private static Thread thread(Runnable run) {
    Thread thread = new Thread(run, "circuit-watch");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    closing = true;
    following.join();
  }
}
