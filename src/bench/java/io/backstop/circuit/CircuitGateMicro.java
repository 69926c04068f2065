package io.backstop.circuit;

import io.backstop.action.Admission;
import io.backstop.action.CircuitGate;
import io.backstop.action.Outcome;
import io.backstop.config.ConfigLoader;
import io.backstop.config.Policies;
import io.backstop.metrics.ActionMetrics;
import io.backstop.serde.TrustedRecords;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a call asks and tells its circuit, one thread. */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CircuitGateMicro {
  private static final Outcome DONE = new Outcome.Succeeded("{}", OptionalInt.of(200));
  private static final Outcome FAILED = new Outcome.TimedOut(Duration.ofSeconds(1));

  private CircuitGate closed;
  private CircuitGate open;
  private long now = 1_772_000_000_000L;

  /** One circuit that is closed, and one that failures have opened. */
  @Setup
  public void trip() {
    TrustedRecords.trust();
    var config = ConfigLoader.ignoringProcess().load(Optional.empty(), Map.of());
    var circuits =
        new Circuits(
            "micro",
            new Policies(config),
            scope -> Optional.empty(),
            new ActionMetrics(new SimpleMeterRegistry()));
    closed = circuits.of("notion");
    open = circuits.of("trello");
    while (!open.refuses(now)) {
      open.ended((Admission.Granted) open.admit(now), FAILED, 20, now);
    }
  }

  /** Before and after a call that succeeds; a millisecond passes. */
  @Benchmark
  public void admitAndEnd() {
    now++;
    closed.ended((Admission.Granted) closed.admit(now), DONE, 20, now);
  }

  /** Before a call while the circuit is open. */
  @Benchmark
  public boolean refuse() {
    return open.refuses(now);
  }
}
