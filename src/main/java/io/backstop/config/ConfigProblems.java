package io.backstop.config;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects everything that is wrong with a configuration, so that it is mended in one go. */
final class ConfigProblems {
  private static final int SHOWN = 5;

  private final Set<String> problems = new LinkedHashSet<>();

  void add(String problem) {
    problems.add(problem.replaceAll("\\s*\\R\\s*", " "));
  }

  /**
   * @throws StartupException naming the problems, when there are any
   */
  void throwIfAny() {
    if (problems.isEmpty()) {
      return;
    }
    if (problems.size() == 1) {
      throw new StartupException("configuration: " + problems.iterator().next());
    }
    var shown = problems.stream().limit(SHOWN).collect(Collectors.joining(" | "));
    var more = problems.size() > SHOWN ? " | and " + (problems.size() - SHOWN) + " more" : "";
    throw new StartupException("configuration: " + problems.size() + " problems: " + shown + more);
  }
}
