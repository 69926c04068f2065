package io.backstop.client;

import io.backstop.action.PayloadFamily;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.Target;
import io.backstop.executor.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which payload family each action takes, so that a JSON request need not name it.
 *
 * @param byAction family by action name
 */
public record ActionFamilies(Map<String, PayloadFamily> byAction) {

  /** Of all executors on the class path. */
  public static ActionFamilies installed() {
    return new ActionFamilies(
        Targets.load().all().stream()
            .map(ActionExecutor::target)
            .collect(Collectors.toMap(Target::name, Target::family)));
  }

  /** Empty for an action that is not built in. */
  public Optional<PayloadFamily> of(String action) {
    return Optional.ofNullable(byAction.get(action));
  }

  /** By the Avro record's name, {@code TaskPayload}. */
  static Optional<PayloadFamily> named(String recordName) {
    return Arrays.stream(PayloadFamily.values())
        .filter(family -> family.recordName().equals(recordName))
        .findFirst();
  }

  static List<String> names() {
    return Arrays.stream(PayloadFamily.values()).map(PayloadFamily::recordName).toList();
  }
}
