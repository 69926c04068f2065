package io.backstop.simulator;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One way in which a share of a service's requests goes wrong.
 *
 * @param rate share of the requests, 0 to 1
 * @param kind which requests are hit
 * @param answer what they get
 * @param status HTTP status of an {@link Answer#ERROR}
 * @param reason the service's own error code in the body; one that fits the status when absent
 * @param retryAfterSeconds value of a {@code Retry-After} header
 * @param retryAfterAs how that header is written
 * @param afterEffect true: the service does what it was asked for and only the answer goes wrong
 */
public record Failure(
    double rate,
    Kind kind,
    Answer answer,
    int status,
    Optional<String> reason,
    OptionalInt retryAfterSeconds,
    RetryAfterForm retryAfterAs,
    boolean afterEffect) {

  /** Which requests a failure hits. */
  public enum Kind {
    /** Each request by chance: a repeat may succeed. */
    TRANSIENT,
    /** By a hash of the idempotency key (of the whole request without one): a repeat fails too. */
    PERMANENT
  }

  /** What a hit request gets. */
  public enum Answer {
    ERROR,
    /** No answer, and the connection stays open. */
    HANG,
    /** TCP reset instead of an answer. */
    RESET
  }

  /** The two forms that HTTP allows. */
  public enum RetryAfterForm {
    SECONDS,
    DATE
  }

  public Failure {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(answer, "answer");
    Objects.requireNonNull(retryAfterAs, "retryAfterAs");
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("rate " + rate + " is not between 0 and 1");
    }
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status " + status + " is not between 200 and 599");
    }
  }

  /** A share of requests, by chance, gets an error status. */
  public static Failure error(double rate, int status) {
    return plain(rate, Kind.TRANSIENT, Answer.ERROR, status);
  }

  /** A share of keys gets an error status, the same key every time. */
  public static Failure permanentError(double rate, int status) {
    return plain(rate, Kind.PERMANENT, Answer.ERROR, status);
  }

  /** A share of requests gets 429 with {@code Retry-After} in seconds. */
  public static Failure rateLimited(double rate, int retryAfterSeconds) {
    return error(rate, 429).withRetryAfter(retryAfterSeconds);
  }

  /** A share of requests never gets an answer. */
  public static Failure hang(double rate) {
    return plain(rate, Kind.TRANSIENT, Answer.HANG, 500);
  }

  /** A share of requests gets its connection reset. */
  public static Failure reset(double rate) {
    return plain(rate, Kind.TRANSIENT, Answer.RESET, 500);
  }

  /** The same with a {@code Retry-After} header in seconds. */
  public Failure withRetryAfter(int seconds) {
    OptionalInt header = OptionalInt.of(seconds);
    return new Failure(rate, kind, answer, status, reason, header, retryAfterAs, afterEffect);
  }

  /** The same, but the service does what it was asked for before the answer goes wrong. */
  public Failure afterTheEffect() {
    return new Failure(rate, kind, answer, status, reason, retryAfterSeconds, retryAfterAs, true);
  }

  private static Failure plain(double rate, Kind kind, Answer answer, int status) {
    return new Failure(
        rate,
        kind,
        answer,
        status,
        Optional.empty(),
        OptionalInt.empty(),
        RetryAfterForm.SECONDS,
        false);
  }
}
