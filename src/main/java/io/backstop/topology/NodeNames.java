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
  static final String OUTCOME_RECORDING = "outcome-recording";
  static final String RESULTS = "results";
  static final String DEAD_LETTER_WRITER = "dead-letter-writer";
  static final String DEAD_LETTER_WRITER_BEFORE_HOP = "dead-letter-writer-before-hop";
  static final String DEAD_LETTERS = "dead-letters";
  static final String DEAD_LETTERS_BEFORE_HOP = "dead-letters-before-hop";

  private NodeNames() {}
}
