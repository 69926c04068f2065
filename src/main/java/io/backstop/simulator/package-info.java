/**
 * Stands in for the services that actions call, one loopback port for all. A service lives under
 * {@code /<label>}, which replaces its public base URL: {@code
 * http://127.0.0.1:8090/notion/v1/pages} is {@code https://api.notion.com/v1/pages}.
 *
 * <p>Any token is accepted except the words {@code invalid} and {@code forbidden}. Any well-formed
 * id is taken to exist except those that contain {@code missing} or start with eight zeros.
 *
 * <p>The receiver of webhooks takes any {@code POST} to {@code /webhook}, and checks its signature
 * when the simulator was started with a secret. The mail server is there when the simulator was
 * started with a mailbox directory; a call to it is a mail, {@code send}, whose key is its
 * Message-ID, or a connection turned away, {@code connect}. Faults of mail are those of HTTP: a
 * {@code reason} that is an SMTP reply ({@code 451 4.3.0 busy}) is said as it is, else one that
 * fits the status; {@code unavailable} is 421.
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
 *
 * <p>Every call can be recorded, for tests that need to know when each one came. {@code PUT
 * /calls?capacity=250000} starts it anew, {@code DELETE /calls} ends it; capacity is how many calls
 * are kept for each service, the latest. {@code GET /calls?service=notion&since=0} answers JSON
 * lines in the order of arrival, at most 2,000; ask again with the last {@code sequence} until
 * nothing comes. A call without an answer yet has {@code "answer": null}, so to see its answer ask
 * again from the one before it. A first sequence over {@code since + 1} says that older calls had
 * to go.
 *
 * <pre>{@code
 * {"sequence": 1, "arrivedAtMs": 1772359200005, "arrivedAtNanos": 81204416, "endpoint": "createPage",
 *  "key": "order-7", "answer": "200", "answeredAtNanos": 101310022}
 * }</pre>
 *
 * <p>The nanoseconds are of the simulator's own clock, and only their differences mean something.
 */
package io.backstop.simulator;
