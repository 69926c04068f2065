package io.backstop.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an answer lacks.
 *
 * @param instance who would have had it; empty when nobody is known to
 * @param partitions of the desk
 * @param why for people
 */
record Missing(Optional<String> instance, Set<Integer> partitions, String why) {
  /** Of an answer. */
  static final String MEMBER = "missing";

  Missing {
    partitions = new TreeSet<>(partitions);
  }

  /** The same, with what is not known for the lack of it. */
  Missing because(String effect) {
    return new Missing(instance, partitions, effect + why);
  }

  /** Says in an answer whether it is whole. */
  static void say(List<Missing> missing, ObjectNode answer) {
    answer.put("partial", !missing.isEmpty());
    ArrayNode list = answer.putArray(MEMBER);
    for (Missing each : missing) {
      ObjectNode entry = list.addObject();
      entry.put("instance", each.instance.orElse(null));
      each.partitions.forEach(entry.putArray("partitions")::add);
      entry.put("why", each.why);
    }
  }

  /** What {@link #say} has said; an instance that is not named is {@code otherwise}. */
  static List<Missing> said(ObjectNode answer, String otherwise) {
    List<Missing> missing = new ArrayList<>();
    for (var entry : answer.path(MEMBER)) {
      Set<Integer> partitions = new TreeSet<>();
      entry.path("partitions").forEach(each -> partitions.add(each.asInt()));
      String instance = entry.path("instance").asText(otherwise);
      missing.add(
          new Missing(Optional.ofNullable(instance), partitions, entry.path("why").asText()));
    }
    return missing;
  }
}
