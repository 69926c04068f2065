package io.backstop.executor.google;

import io.backstop.action.Outcome;
import io.backstop.executor.ReplyClassifier;
import io.backstop.executor.ServiceCall;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The calls of one request that follow each other, and are given up together. */
final class CallChain {
  private final CompletableFuture<Outcome> result = new CompletableFuture<>();
  private volatile CompletableFuture<Outcome> underWay = new CompletableFuture<>();

  /** Sends the next call, unless the chain was given up. */
  CompletionStage<Outcome> send(ServiceCall call, ReplyClassifier classifier) {
    if (result.isCancelled()) {
      return CompletableFuture.failedFuture(new CancellationException());
    }
    CompletableFuture<Outcome> next = call.send(classifier);
    underWay = next;
    if (result.isCancelled()) {
      next.cancel(true);
    }
    return next;
  }

  /**
   * What the executor answers: completes as {@code last} does. Cancelling it gives up the call that
   * is under way, and no further one is made.
   */
  CompletionStage<Outcome> endingWith(CompletionStage<Outcome> last) {
    result.whenComplete(
        (outcome, failure) -> {
          if (result.isCancelled()) {
            underWay.cancel(true);
          }
        });
    last.whenComplete(
        (outcome, failure) -> {
          if (failure == null) {
            result.complete(outcome);
          } else {
            result.completeExceptionally(failure);
          }
        });
    return result;
  }
}
