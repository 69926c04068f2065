package io.backstop.topology;

/** Nodes of the topology by name, in the order in which a request meets them. */
final class NodeNames {
  static final String REQUESTS = "requests";
  static final String PARTITION_BY_KEY = "partition-by-idempotency-key";
  static final String REQUESTS_BY_KEY_SINK = "requests-by-key-sink";
  static final String REQUESTS_BY_KEY = "requests-by-key";
  static final String REQUEST_INTAKE = "request-intake";
  static final String IDEMPOTENCY_CHECK = "idempotency-check";
  static final String ACTION_EXECUTION = "action-execution";
  static final String FALLBACK_HOPS = "fallback-hops";
  static final String FALLBACKS = "fallbacks";
  static final String FALLBACK_ARRIVAL = "fallback-arrival";
  static final String OUTCOME_RECORDING = "outcome-recording";
  static final String RESULTS = "results";
  static final String DEAD_LETTER_WRITER = "dead-letter-writer";
  static final String DEAD_LETTER_WRITER_BEFORE_HOP = "dead-letter-writer-before-hop";
  static final String DEAD_LETTERS = "dead-letters";
  static final String DEAD_LETTERS_BEFORE_HOP = "dead-letters-before-hop";

  static final String RESULT_CACHING = "result-caching";
  static final String CACHED_RESULTS = "cached-results";
  static final String REQUEST_EVENTS = "request-events";
  static final String REQUEST_EVENTS_BEFORE_HOP = "request-events-before-hop";
  static final String EVENTS = "events";
  static final String EVENTS_BEFORE_HOP = "events-before-hop";
  static final String FALLBACK_REPORTING = "fallback-reporting";
  static final String FALLBACK_REPORTS_SINK = "fallback-reports-sink";

  static final String FLEET_SIGNALS = "fleet-signals";
  static final String SIGNAL_INTAKE = "signal-intake";
  static final String COMMANDS = "commands";
  static final String COMMAND_INTAKE = "command-intake";
  static final String CIRCUIT_COORDINATOR = "circuit-coordinator";
  static final String RATE_COORDINATOR = "rate-coordinator";
  static final String CACHE_KEEPER = "cache-keeper";
  static final String CACHE_CLEARING = "cache-clearing";
  static final String STRATEGY_KEEPER = "strategy-keeper";
  static final String FAILURE_KEEPER = "failure-keeper";
  static final String COMMAND_RECORDING = "command-recording";
  static final String COMMAND_RESULTS = "command-results";
  static final String FALLBACK_REPORTS = "fallback-reports";
  static final String FALLBACK_REPORT_INTAKE = "fallback-report-intake";
  static final String FALLBACK_LEDGER = "fallback-ledger";
  static final String NOTIFICATIONS = "notifications";
  static final String FLEET_STATE = "fleet-state";
  static final String FLEET_EVENTS = "fleet-events";

  static final String FLEET_STATE_SOURCE = "fleet-state-source";
  static final String FLEET_STATE_UPDATE = "fleet-state-update";
  static final String CACHED_RESULTS_SOURCE = "cached-results-source";
  static final String CACHED_RESULTS_UPDATE = "cached-results-update";

  static final String DEAD_LETTERS_SOURCE = "dead-letters-source";
  static final String DEAD_LETTER_DESK = "dead-letter-desk";

  static final String DESK_ORDERS_SOURCE = "desk-orders-source";
  static final String DESK_REPORTS = "desk-reports";
  static final String RESUBMISSIONS = "resubmissions";
  static final String DESK_REPORTS_SOURCE = "desk-reports-source";
  static final String DESK_REPORT_INTAKE = "desk-report-intake";
  static final String REPLAY_COORDINATOR = "replay-coordinator";
  static final String DESK_ORDERS = "desk-orders";
  static final String PAUSE_KEEPER = "pause-keeper";
  static final String LINEAGE_REPORTING = "lineage-reporting";
  static final String REPLAY_OUTCOMES = "replay-outcomes";

  private NodeNames() {}
}
