package io.backstop.statistics;

import java.time.Instant;

/**
 * That the team is to be told of a fallback now.
 *
 * @param primaryAction what was asked for
 * @param step what stood in for it
 * @param uses how many requests it did since {@code since}
 * @param suppressed of these, how many came too soon after the last notification
 * @param since the last notification; null when this is the first one
 * @param lastAt when the last of the requests ended
 * @param lastError why the primary action failed; null where that is not known
 */
record Notice(
    String primaryAction,
    String step,
    long uses,
    long suppressed,
    Instant since,
    Instant lastAt,
    String lastError) {}
