package io.backstop.circuit;

import static io.backstop.action.FailureClass.INTERNAL;
import static io.backstop.action.FailureClass.NETWORK;
import static io.backstop.action.FailureClass.TIMEOUT;
import static io.backstop.action.FailureClass.UNKNOWN;

import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.config.CircuitSettings;
import io.backstop.config.TripRule;
import java.util.Optional;
import java.util.Set;

/**
 * What came of a probe.
 *
 * @param succeeded whether the service is well; empty where the probe cannot say
 * @param message what the service said to a failed one; null for the others
 */
record ProbeVerdict(Optional<Boolean> succeeded, String message) {
  /** Failures that are no answer of the service. */
  private static final Set<FailureClass> NO_ANSWER = Set.of(TIMEOUT, NETWORK, INTERNAL, UNKNOWN);

  /** It goes on into signals, states and events, whose topics take small records. */
  private static final int MAX_MESSAGE = 1_000;

  static final ProbeVerdict WELL = new ProbeVerdict(Optional.of(true), null);
  static final ProbeVerdict NOTHING = new ProbeVerdict(Optional.empty(), null);

  /** Of a live request; one that is itself wrong says nothing. */
  static ProbeVerdict ofCall(Outcome outcome, long durationMs, CircuitSettings settings) {
    return switch (CallVerdict.of(outcome, settings)) {
      case FAILURE -> failed(outcome);
      case NEUTRAL -> NOTHING;
      case SUCCESS -> isTooSlow(durationMs, settings) ? tooSlow(durationMs) : WELL;
    };
  }

  /**
   * Of a health call. Any answer shows that the service is there, a refusal of the credentials too:
   * the circuit would never close otherwise.
   */
  static ProbeVerdict ofHealthCall(Outcome outcome, CircuitSettings settings) {
    if (outcome instanceof Outcome.Rejected) {
      return NOTHING;
    } else if (CallVerdict.of(outcome, settings) == CallVerdict.FAILURE) {
      return failed(outcome);
    }
    boolean silent = CallVerdict.failureClass(outcome).filter(NO_ANSWER::contains).isPresent();
    return silent ? NOTHING : WELL;
  }

  private static boolean isTooSlow(long durationMs, CircuitSettings settings) {
    return settings.tripOn().contains(TripRule.SLOW_CALL_RATE)
        && durationMs >= settings.slowCallDuration().toMillis();
  }

  private static ProbeVerdict tooSlow(long durationMs) {
    return new ProbeVerdict(
        Optional.of(false), "it took " + SpokenTime.of(durationMs) + ", which is slow");
  }

  private static ProbeVerdict failed(Outcome outcome) {
    String message = message(outcome);
    boolean fits = message == null || message.length() <= MAX_MESSAGE;
    return new ProbeVerdict(
        Optional.of(false), fits ? message : message.substring(0, MAX_MESSAGE) + " [cut]");
  }

  private static String message(Outcome outcome) {
    if (outcome instanceof Outcome.Retryable retryable) {
      return retryable.failureClass() + " " + retryable.message();
    } else if (outcome instanceof Outcome.Permanent permanent) {
      return permanent.failureClass() + " " + permanent.message();
    } else if (outcome instanceof Outcome.Rejected rejected) {
      return rejected.failureClass() + " " + rejected.message();
    } else if (outcome instanceof Outcome.TimedOut timedOut) {
      return "no answer within " + SpokenTime.of(timedOut.after().toMillis());
    }
    return null;
  }
}
