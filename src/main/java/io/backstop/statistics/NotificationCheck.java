package io.backstop.statistics;

import io.backstop.action.ActionRequest;
import io.backstop.action.PayloadFamily;
import io.backstop.config.BackstopConfig;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.Targets;
import java.util.List;
import java.util.Optional;

/** Whether the team can be notified as configured. */
public final class NotificationCheck {
  private static final String KEY = "backstop.notifications.";

  private NotificationCheck() {}

  /** What is wrong, one sentence each that begins with the key to change; empty when nothing is. */
  public static List<String> problems(BackstopConfig config, Targets targets) {
    Optional<String> target = config.notifications().target();
    if (target.isEmpty()) {
      return List.of();
    }
    Optional<ActionExecutor> executor = targets.find(target.get());
    if (executor.isEmpty()) {
      return List.of(problem(target.get(), "there is no such target", targets));
    }
    PayloadFamily family = executor.get().target().family();
    if (family != PayloadFamily.MESSAGE) {
      String what = "this target takes a " + family.recordName() + ", not a message";
      return List.of(problem(target.get(), what, targets));
    }
    ActionRequest sample = new Notifications(config).request(NotificationText.sample(), 0);
    return executor.get().problems(sample).stream()
        .map(problem -> explained(target.get(), problem))
        .toList();
  }

  private static String problem(String target, String what, Targets targets) {
    List<String> fit =
        targets.all().stream()
            .map(ActionExecutor::target)
            .filter(each -> each.family() == PayloadFamily.MESSAGE)
            .map(each -> each.name())
            .toList();
    return "%starget = %s: %s; use one of %s".formatted(KEY, target, what, String.join(", ", fit));
  }

  private static String explained(String target, String problem) {
    return problem.startsWith("payload.recipients")
        ? "%srecipients: %s refuses them: %s".formatted(KEY, target, problem)
        : "%starget = %s: it refuses a plain message: %s".formatted(KEY, target, problem);
  }
}
