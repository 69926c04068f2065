package io.backstop.topology;

import io.backstop.action.Steps;
import io.backstop.executor.Targets;
import java.util.List;
import java.util.TreeSet;

/** Which fallback steps have a topic. */
public final class FallbackTopics {
  private FallbackTopics() {}

  /** The targets that can be a step, and the retry queue, in alphabetical order. */
  public static List<String> steps(Targets targets) {
    var steps = new TreeSet<>(targets.fallbacks());
    steps.add(Steps.QUEUE_RETRY);
    return List.copyOf(steps);
  }
}
