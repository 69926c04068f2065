package io.backstop.desk;

import io.backstop.action.LetterLimits;
import java.util.Map;
import java.util.Set;

/**
 * The topics by which requests come in.
 *
 * @param requests where upstreams publish them
 * @param copies further topics whose records are those of {@code requests}, in the same partitions
 * @param steps of fallback steps, by topic
 * @param mostBytes of a record of {@code requests}, with its key and headers
 */
public record RequestTopics(
    String requests, Set<String> copies, Map<String, String> steps, int mostBytes) {

  public RequestTopics {
    copies = Set.copyOf(copies);
    steps = Map.copyOf(steps);
  }

  boolean isOfRequests(String topic) {
    return topic.equals(requests) || copies.contains(topic);
  }

  boolean isOfStep(String topic) {
    return steps.containsKey(topic);
  }

  /** Most bytes of a record of a topic, with its key and headers. */
  int mostBytes(String topic) {
    return topic.equals(requests) ? mostBytes : LetterLimits.MOST_BYTES;
  }

  /**
   * @throws LeftAlone when the step has no topic
   */
  String ofStep(String step) {
    return steps.entrySet().stream()
        .filter(each -> each.getValue().equals(step))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> LeftAlone.invalid(step + " has no topic in this version"));
  }
}
