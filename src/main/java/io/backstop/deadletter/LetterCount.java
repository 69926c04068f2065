package io.backstop.deadletter;

import io.backstop.action.ActionNames;
import io.backstop.action.ActionRequest;
import io.backstop.action.Failure;
import io.backstop.action.FailureClass;
import io.backstop.metrics.ActionMetrics;
import io.backstop.metrics.Metric;

/** Counts every dead letter, whoever writes it. Thread-safe. */
public record LetterCount(ActionMetrics metrics) {

  /** Shows each class from 0 on: an increase needs a value before it, and the first ones count. */
  public LetterCount {
    for (FailureClass each : FailureClass.values()) {
      metrics.counter(Metric.DEAD_LETTERS, each.name());
    }
  }

  void written(Failure failure) {
    metrics.counter(Metric.DEAD_LETTERS, failure.failureClass().name()).increment();
    String action = failure.request().map(ActionRequest::getAction).orElse(ActionNames.OTHER);
    metrics.request(action, "dead-lettered");
  }
}
