package io.backstop.simulator;

import java.util.Optional;

/**
 * One call to an emulated service; a copy that no longer changes.
 *
 * @param sequence number among the service's recorded calls in the order of arrival, from 1 and
 *     without gaps
 * @param arrivedAtMs epoch milliseconds when its headers were read, by the simulator's clock
 * @param arrivedAtNanos the same instant by {@link System#nanoTime()} of the simulator's process:
 *     orders calls, of different services too, and measures the time between them
 * @param endpoint as in the statistics, {@code createPage}; {@code unread} before the whole call
 *     was read
 * @param key the idempotency key: header {@code Idempotency-Key}, else the service's own mechanism
 * @param generation header {@code Backstop-Generation}: 0 unless the request was replayed
 * @param answer empty before there is one, so for a call that still waits for its latency
 */
public record RecordedCall(
    long sequence,
    long arrivedAtMs,
    long arrivedAtNanos,
    String endpoint,
    Optional<String> key,
    int generation,
    Optional<Answer> answer) {

  /**
   * @param status the HTTP status, or {@code hang} or {@code reset}
   * @param atNanos when it was sent, as {@link RecordedCall#arrivedAtNanos}
   */
  public record Answer(String status, long atNanos) {}

  RecordedCall read(String newEndpoint, Optional<String> newKey, int newGeneration) {
    return new RecordedCall(
        sequence, arrivedAtMs, arrivedAtNanos, newEndpoint, newKey, newGeneration, answer);
  }

  RecordedCall answered(String status, long atNanos) {
    Answer newAnswer = new Answer(status, atNanos);
    return new RecordedCall(
        sequence, arrivedAtMs, arrivedAtNanos, endpoint, key, generation, Optional.of(newAnswer));
  }
}
