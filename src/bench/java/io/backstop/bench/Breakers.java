package io.backstop.bench;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;

/** Resilience4j's breaker with the rule that Backstop's circuit has in this bench. */
final class Breakers {
  private Breakers() {}

  static CircuitBreaker ofPrimary() {
    return CircuitBreaker.of(
        SimulatedPair.PRIMARY,
        CircuitBreakerConfig.custom()
            .slidingWindowType(SlidingWindowType.TIME_BASED)
            .slidingWindowSize(PeersRound.BREAKER_WINDOW_SECONDS)
            .minimumNumberOfCalls(PeersRound.BREAKER_CALLS)
            .failureRateThreshold(PeersRound.BREAKER_FAILURE_PERCENT)
            .waitDurationInOpenState(Duration.ofSeconds(PeersRound.BREAKER_OPEN_SECONDS))
            .permittedNumberOfCallsInHalfOpenState(PeersRound.BREAKER_PROBES)
            .writableStackTraceEnabled(false)
            .build());
  }
}
