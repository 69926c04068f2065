package io.backstop.action;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A call that failed in a way that may pass, for the decision whether to make another.
 *
 * @param attempts calls at this target with a known outcome, this one included
 * @param firstStartedAt when the first of them was started, epoch milliseconds
 * @param retryAfter how long the service asked to wait, where it did
 * @param deadline of the request, epoch milliseconds
 */
public record FailedAttempt(
    FailureClass failureClass,
    int attempts,
    long firstStartedAt,
    Optional<Duration> retryAfter,
    OptionalLong deadline) {}
