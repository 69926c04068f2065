/**
 * Measures what Backstop costs: against the barest loop that could do the same, in the same run on
 * the same broker.
 *
 * <p>Broker and simulator run in processes of their own, so that this process's CPU time is that of
 * the side being measured. Both sides read the same records in turn, with the same commit interval,
 * threads and partitions. The clock is the broker's: a result counts from the moment when a
 * read-committed consumer could read it, seen by asking for the last stable offset every few
 * milliseconds, because a consumer that read along would take a share of a small machine's CPU from
 * the faster side.
 *
 * <p>The breaker bench has no other side: it takes times by the log of the simulator, which for
 * that runs in this process, as do the three instances.
 */
package io.backstop.bench;
