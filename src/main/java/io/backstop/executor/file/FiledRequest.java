package io.backstop.executor.file;

import io.backstop.action.ActionRequest;
import io.backstop.executor.CallContext;
import io.backstop.executor.PrimaryFailure;
import java.util.Optional;

/**
 * A request with what a person wants to know who finds it in a file.
 *
 * @param key its idempotency key
 * @param original the request as its upstream sent it
 * @param request the request for the file target; the same where the target is the primary action
 * @param primaryError why its primary action failed; empty where the target is the primary action
 */
record FiledRequest(
    String key, ActionRequest original, ActionRequest request, Optional<String> primaryError) {

  static FiledRequest of(ActionRequest request, CallContext context) {
    return new FiledRequest(
        context.idempotencyKey(),
        context.primaryFailure().map(PrimaryFailure::request).orElse(request),
        request,
        context.primaryFailure().map(PrimaryFailure::error));
  }
}
