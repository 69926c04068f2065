package io.backstop.demo;

import io.backstop.action.ActionResult;
import io.backstop.action.DeadLetter;
import io.backstop.config.BackstopConfig;
import io.backstop.topology.Topics;
import java.util.concurrent.CompletableFuture;

/** Follows results and dead letters into a ledger. */
final class OutcomeReader implements AutoCloseable {
  private final TopicFollowing results;
  private final TopicFollowing deadLetters;

  private OutcomeReader(BackstopConfig config, Ledger ledger) {
    var topics = new Topics(config.topics().prefix());
    this.results =
        TopicFollowing.start(
            config, topics.results(), value -> ledger.result((ActionResult) value));
    this.deadLetters =
        TopicFollowing.start(
            config, topics.deadLetters(), value -> ledger.deadLetter((DeadLetter) value));
  }

  static OutcomeReader start(BackstopConfig config, Ledger ledger) {
    return new OutcomeReader(config, ledger);
  }

  /** Completes exceptionally when a topic cannot be read on. */
  CompletableFuture<Object> failure() {
    return CompletableFuture.anyOf(results.reading(), deadLetters.reading());
  }

  @Override
  public void close() {
    try (results) {
      deadLetters.close();
    }
  }
}
