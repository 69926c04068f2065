package io.backstop.desk;

import io.backstop.action.ActionRequest;
import io.backstop.action.FallbackRequest;
import io.backstop.action.IdempotencyKey;
import io.backstop.action.PolicyOverrides;
import io.backstop.action.Steps;
import java.util.List;
import java.util.Optional;

/**
 * The request that the original of a dead letter carries.
 *
 * @param isChanged whether it is another one than the original's bytes say
 * @param hop around the request, where the original stood on the topic of a fallback step
 */
record HeldRequest(ActionRequest request, boolean isChanged, Optional<FallbackRequest> hop) {

  HeldRequest with(ActionRequest other) {
    return new HeldRequest(other, true, hop);
  }

  /** The same request, but nothing is tried after its action. */
  HeldRequest withoutSteps() {
    PolicyOverrides.Builder policy =
        request.getPolicy() == null
            ? PolicyOverrides.newBuilder()
            : PolicyOverrides.newBuilder(request.getPolicy());
    return with(
        ActionRequest.newBuilder(request)
            .setPolicy(policy.setFallbackSteps(List.of(Steps.DEAD_LETTER)).build())
            .setIdempotencyKey(IdempotencyKey.of(request))
            .build());
  }

  /** The step of the hop. */
  String step() {
    FallbackRequest at = hop.orElseThrow();
    return at.getSteps().get(at.getPosition());
  }
}
