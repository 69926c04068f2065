package io.backstop.cli;

import io.backstop.action.CircuitStatus;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.client.FleetStates;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Shows the circuits as they change. On a terminal the whole table again, at least once a second
 * because its times go on; elsewhere a line for each circuit whose state changed.
 */
final class CircuitWatch implements FleetStates.Listener {
  private static final Duration LONGEST_STILL = Duration.ofSeconds(1);
  private static final String CLEAR = "\u001b[2J";
  private static final String HOME = "\u001b[H";
  private static final String END_OF_LINE = "\u001b[K";
  private static final String REST_OF_SCREEN = "\u001b[J";

  private final SortedSet<String> scopes;
  private final Map<String, FleetState> states;
  private final boolean json;
  private final boolean terminal;
  private final PrintWriter out;
  private final InstantSource clock;
  private Instant drawnAt = Instant.MIN;
  private boolean changed = true;

  /**
   * @param states everything decided by now, by record key
   * @param terminal whether {@code out} takes escape sequences
   */
  CircuitWatch(
      SortedSet<String> scopes,
      Map<String, FleetState> states,
      boolean json,
      boolean terminal,
      PrintWriter out,
      InstantSource clock) {
    this.scopes = new TreeSet<>(scopes);
    this.states = new TreeMap<>(states);
    this.json = json;
    this.terminal = terminal && !json;
    this.out = out;
    this.clock = clock;
  }

  /** Every circuit once. */
  void start() {
    if (terminal) {
      out.print(CLEAR);
      draw();
    } else {
      if (!json) {
        out.println("AT                    " + CircuitLine.TABLE.head());
      }
      scopes.forEach(this::print);
    }
  }

  @Override
  public void changed(String key, FleetState state) {
    FleetState before = state == null ? states.remove(key) : states.put(key, state);
    CircuitScopes.scope(key).ifPresent(scopes::add);
    changed = true;
    if (!terminal && FleetKey.CIRCUIT.matches(key) && isNews(before, state)) {
      print(FleetKey.CIRCUIT.scope(key));
    }
  }

  /** Permits come and go by the second; that is no news. */
  private static boolean isNews(FleetState before, FleetState after) {
    CircuitStatus was = before == null ? null : before.getCircuit();
    CircuitStatus is = after == null ? null : after.getCircuit();
    return was == null
        || is == null
        || was.getState() != is.getState()
        || !was.getSince().equals(is.getSince())
        || !was.getIsolated().equals(is.getIsolated());
  }

  /** To be called several times a second. */
  void draw() {
    Instant now = clock.instant();
    if (!terminal || !changed && now.isBefore(drawnAt.plus(LONGEST_STILL))) {
      return;
    }
    out.print(HOME);
    drawLine(CircuitLine.TABLE.head());
    scopes.forEach(scope -> drawLine(CircuitLine.of(scope, states, now).text(false)));
    drawLine("");
    drawLine(RecordView.seconds(now) + "  Stop with Ctrl-C.");
    out.print(REST_OF_SCREEN);
    out.flush();
    drawnAt = now;
    changed = false;
  }

  private void drawLine(String line) {
    out.print(line + END_OF_LINE + "\n");
  }

  private void print(String scope) {
    Instant now = clock.instant();
    String line = CircuitLine.of(scope, states, now).text(json);
    out.println(json ? line : RecordView.seconds(now) + "  " + line);
  }
}
