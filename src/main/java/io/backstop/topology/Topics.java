package io.backstop.topology;

/**
 * Names of the topics: every way in, out and back.
 *
 * @param prefix of every name, for example {@code actions.}
 */
public record Topics(String prefix) {

  /** Where upstream systems publish their requests. */
  public String requests() {
    return prefix + "requests";
  }

  /**
   * The requests again, keyed by idempotency key; only with {@code intake.partitioning:
   * by-idempotency-key}.
   */
  public String requestsByKey() {
    return prefix + "requests.by-key";
  }

  /** One terminal result per request. */
  public String results() {
    return prefix + "results";
  }

  /** What could not be done anywhere. */
  public String deadLetters() {
    return prefix + "dead-letters";
  }
}
