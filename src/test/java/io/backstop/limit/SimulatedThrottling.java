package io.backstop.limit;

import io.backstop.action.CallRate;
import io.backstop.config.Policies;
import io.backstop.metrics.ActionMetrics;
import io.backstop.testing.TestConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * One instance with many requests for a service that allows some calls per second by a token bucket
 * and refuses the others, in steps of 2 ms.
 */
final class SimulatedThrottling {
  static final long START = 1_772_000_000_000L;
  private static final long STEP_MS = 2;
  static final int SLOTS = 256;
  private static final int MAX_ATTEMPTS = 3;
  private static final long MAX_TOTAL_TIME_MS = 300_000;

  private record Call(int request, long startedAt, long endsAt, boolean allowed) {}

  private record Due(int request, long at) {}

  private final CallRate rate =
      new CallRates(
              "me",
              new Policies(TestConfig.with("backstop.services.slack.timeout", "10s")),
              Duration.ofSeconds(1),
              Duration.ofMinutes(15),
              new ActionMetrics(new SimpleMeterRegistry()))
          .of("slack");
  private double allowed;
  private double burst;
  private final long latencyMs;
  private final Optional<Duration> retryAfter;
  private final int[] attempts;
  private final long[] firstStartedAt;
  private final Deque<Integer> waiting = new ArrayDeque<>();
  private final Queue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
  private final Deque<Call> running = new ArrayDeque<>();
  private double tokens;
  private int submitted;
  private long now = START;
  private int succeeded;
  private int failed;

  /**
   * @param allowed calls per second
   * @param burst calls that the bucket holds, at least 1
   */
  SimulatedThrottling(
      double allowed, double burst, long latencyMs, Optional<Duration> retryAfter, int requests) {
    this.allowed = allowed;
    this.burst = burst;
    this.tokens = burst;
    this.latencyMs = latencyMs;
    this.retryAfter = retryAfter;
    this.attempts = new int[requests];
    this.firstStartedAt = new long[requests];
    Arrays.fill(firstStartedAt, -1);
  }

  /** Lets more of the requests wait. */
  void submit(int requests) {
    for (int i = 0; i < requests; i++) {
      waiting.add(submitted++);
    }
  }

  /** Runs until every submitted request has ended. */
  void run() {
    while (succeeded + failed < submitted) {
      step();
    }
  }

  void runUntil(long until) {
    while (now < until) {
      step();
    }
  }

  /** From now on the service allows more, or less. */
  void allow(double callsPerSecond) {
    allowed = callsPerSecond;
    burst = callsPerSecond;
  }

  private void step() {
    now += STEP_MS;
    tokens = Math.min(burst, tokens + allowed * STEP_MS / 1_000);
    while (!running.isEmpty() && running.peek().endsAt() <= now) {
      end(running.poll());
    }
    while (!due.isEmpty() && due.peek().at() <= now) {
      waiting.add(due.poll().request());
    }
    while (!waiting.isEmpty() && running.size() < SLOTS && rate.tryStart(now)) {
      start(waiting.poll());
    }
  }

  /** Calls per second that succeeded up to now. */
  double throughput() {
    return succeeded * 1_000.0 / (now - START);
  }

  /** Requests that ended without success. */
  int failed() {
    return failed;
  }

  boolean isLimited() {
    return rate.isLimited();
  }

  int inFlight() {
    return running.size();
  }

  private void start(int request) {
    firstStartedAt[request] = attempts[request] == 0 ? now : firstStartedAt[request];
    attempts[request]++;
    boolean mayPass = tokens >= 1;
    tokens -= mayPass ? 1 : 0;
    running.add(new Call(request, now, now + latencyMs, mayPass));
  }

  private void end(Call call) {
    if (call.allowed()) {
      rate.succeeded(now);
      succeeded++;
      return;
    }
    rate.throttled(retryAfter, call.startedAt(), now);
    int request = call.request();
    long next = now + retryAfter.map(Duration::toMillis).orElse(100L << attempts[request] - 1);
    if (attempts[request] == MAX_ATTEMPTS || next - firstStartedAt[request] > MAX_TOTAL_TIME_MS) {
      failed++;
    } else {
      due.add(new Due(request, next));
    }
  }
}
