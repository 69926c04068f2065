package io.backstop.cli;

import io.backstop.config.NearestName;
import io.backstop.config.Policies;
import io.backstop.config.SettingsInForce;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Judges changes to the settings of one scope as an operator writes them. */
final class ScopeChanges {
  /** The place of the changed settings while they are judged; nothing that an operator knows. */
  private static final String PLACE = "backstop.targets.changed.";

  private ScopeChanges() {}

  /**
   * What is wrong, one sentence each; empty when the processors would take it.
   *
   * @param changes by key; a blank value puts a setting back
   */
  static List<String> problems(Policies policies, String scope, Map<String, String> changes) {
    var values = new HashMap<>(changes);
    values.values().removeIf(String::isBlank);
    List<String> problems = policies.problems(scope, values);
    if (!problems.isEmpty()) {
      return problems.stream().map(ScopeChanges::asWritten).toList();
    }
    var known = new TreeSet<>(SettingsInForce.of(policies.of(scope)).keySet());
    known.add("calls-per-second");
    return changes.keySet().stream()
        .filter(key -> !known.contains(key))
        .map(key -> "there is no setting " + key + hint(key, known))
        .toList();
  }

  /** They are judged as a configuration, which is not what the operator wrote. */
  private static String asWritten(String problem) {
    return problem
        .replaceFirst("^configuration: ", "")
        .replace(PLACE, "")
        .replace(" (override)", "");
  }

  private static String hint(String key, TreeSet<String> known) {
    return NearestName.of(key, known)
        .map(nearest -> ": did you mean " + nearest + "?")
        .orElse("; 'circuits settings SERVICE' lists them");
  }
}
