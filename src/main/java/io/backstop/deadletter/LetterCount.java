package io.backstop.deadletter;

import io.backstop.action.ActionNames;
import io.backstop.action.ActionRequest;
import io.backstop.action.Failure;
import io.backstop.metrics.ActionMetrics;
import io.backstop.metrics.Metric;

/** Counts every dead letter, whoever writes it. Thread-safe. */
public record LetterCount(ActionMetrics metrics) {

  void written(Failure failure) {
    metrics.counter(Metric.DEAD_LETTERS, failure.failureClass().name()).increment();
    String action = failure.request().map(ActionRequest::getAction).orElse(ActionNames.OTHER);
    metrics.request(action, "dead-lettered");
  }
}
