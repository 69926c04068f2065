package io.backstop.execution;

import io.backstop.action.ActionRequest;
import io.backstop.action.Cascade;
import io.backstop.action.FailureClass;
import io.backstop.action.FallbackRule;
import io.backstop.action.PayloadConversion.Converted;
import io.backstop.action.QueueDepth;
import io.backstop.action.ServiceFailure;
import io.backstop.action.ServiceHealth;
import io.backstop.config.BackstopConfig;
import java.util.List;

/** For tests without any fallback. */
final class NoFallbacks implements FallbackRule, ServiceHealth {
  private NoFallbacks() {}

  static Fallbacks in(BackstopConfig config) {
    var none = new NoFallbacks();
    return new Fallbacks(
        none,
        (request, target, family) -> new Converted.Refused("no conversion"),
        none,
        config.fallback().parking(),
        new QueueDepth());
  }

  @Override
  public Cascade cascadeOf(ActionRequest request, FailureClass failureClass) {
    return Cascade.of(List.of(), "configuration");
  }

  @Override
  public String defaultValue(ActionRequest request) {
    return null;
  }

  @Override
  public void failed(ServiceFailure failure) {}

  @Override
  public boolean isSkippable(String service, long now) {
    return false;
  }
}
