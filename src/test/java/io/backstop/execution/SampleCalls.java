package io.backstop.execution;

import io.backstop.action.ActionRequest;
import io.backstop.action.Admission;
import io.backstop.action.IdempotencyKey;
import io.backstop.action.OriginalRecord;
import io.backstop.action.TaskPayload;
import io.backstop.action.Work;
import io.backstop.config.Policies;
import io.backstop.config.UnconfiguredService;
import io.backstop.testing.TestConfig;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Calls for tests of the pure parts. */
final class SampleCalls {
  private SampleCalls() {}

  static Work work(String id) {
    var request =
        ActionRequest.newBuilder()
            .setRequestId(id)
            .setAction("notion:createPage")
            .setPayload(TaskPayload.newBuilder().setTitle(id).build())
            .build();
    var original =
        new OriginalRecord("requests", 0, 1L, 2L, null, ByteBuffer.wrap(new byte[1]), List.of());
    return Work.of(request, IdempotencyKey.of(request), original, 5L);
  }

  static ServicePlan service(Duration timeout) {
    var policies =
        new Policies(TestConfig.with("backstop.execution.timeout", timeout.toMillis() + "ms"));
    return service(policies);
  }

  static ServicePlan service(Policies policies) {
    return new ServicePlan(
        "notion",
        UnconfiguredService.INSTANCE,
        () -> CompletableFuture.completedFuture("none"),
        () -> policies.of("notion"),
        new SlowStart(true),
        new ServiceSlots(() -> 1, 10),
        new CallCount(),
        new RateTurns(10),
        null,
        null,
        null);
  }

  static RunningCall call(String id, long startedAt) {
    return new RunningCall(
        work(id), service(Duration.ofMillis(100)), Admission.CALL, 1, startedAt, List.of());
  }
}
