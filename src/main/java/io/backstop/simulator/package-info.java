/**
 * Stands in for the services that actions call, one loopback port for all. A service lives under
 * {@code /<label>}, which replaces its public base URL: {@code
 * http://127.0.0.1:8090/notion/v1/pages} is {@code https://api.notion.com/v1/pages}.
 *
 * <p>Any token is accepted except the words {@code invalid} and {@code forbidden}. Any well-formed
 * id is taken to exist except those that contain {@code missing} or start with eight zeros.
 *
 * <p>A fault plan, for {@code PUT /faults/<label>} (or {@code all}); everything may be left out:
 *
 * <pre>{@code
 * {"latency": {"kind": "fixed", "ms": 20},
 *  "failures": [
 *    {"rate": 0.1, "kind": "transient", "answer": "error", "status": 429,
 *     "retryAfterSeconds": 2, "retryAfterAs": "seconds"},
 *    {"rate": 0.01, "kind": "permanent", "status": 400, "reason": "validation_error"},
 *    {"rate": 0.01, "answer": "reset", "afterEffect": true}],
 *  "outage": "none"}
 * }</pre>
 *
 * <p>Latency kinds: {@code fixed} (ms), {@code uniform} (minMs, maxMs), {@code normal} (meanMs,
 * stdDevMs), {@code exponential} (meanMs), {@code lognormal} (medianMs, p99Ms). Answers: {@code
 * error}, {@code hang}, {@code reset}. Outages: {@code none}, {@code unavailable}, {@code refuse}.
 * A request takes effect when it arrives; latency delays its answer only.
 */
package io.backstop.simulator;
