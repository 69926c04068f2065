package io.backstop.cli;

import io.backstop.demo.DemoPorts;
import io.backstop.demo.DemoSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a running demo tells a newcomer. */
final class DemoText {
  private DemoText() {}

  /** What the other side saw. */
  static String calls(DemoSystem system) {
    return "The simulated services answered %,d calls; changes they made twice: %,d."
        .formatted(system.calls(), system.repeatedEffects());
  }

  /** What a person can open; nothing where no fallback has written anything. */
  static List<String> written(DemoSystem system) {
    List<String> files = system.written();
    var lines = new ArrayList<String>();
    if (!files.isEmpty()) {
      lines.add("");
      lines.add("What fallbacks wrote; look into it, and delete it when you are done:");
      lines.addAll(files);
    }
    return lines;
  }

  /**
   * @param letter id of a dead letter to be looked at, where there is one
   */
  static List<String> invitation(DemoSystem system, Optional<String> letter) {
    String where = where(system);
    String faults = system.simulator() + "/faults/notion";
    return List.of(
        "",
        "It is still running. In another terminal, watch the results:",
        "  ./backstop results --follow" + where,
        "and publish a request of your own, or a file of them with --file:",
        "  echo '{\"action\":\"slack:postMessage\",\"payload\":{\"recipients\":[\"#sales\"],"
            + "\"text\":\"Hello\"}}' | ./backstop publish"
            + where,
        "See how often fallbacks were used, and which steps each action has:",
        "  ./backstop stats" + where,
        "  ./backstop strategies list" + where,
        "Look at what failed: one by one, alike ones together, or one with all that was tried:",
        "  ./backstop dead-letters list" + where,
        "  ./backstop dead-letters groups" + where,
        "  ./backstop dead-letters show " + letter.orElse("ID") + where,
        "See what a replay of all of them would do; with --yes --reason WHY it is done:",
        "  ./backstop replay --all" + where,
        "Watch the circuits; in a further terminal take Notion down, ask it for pages, let it return:",
        "  ./backstop circuits --watch" + where,
        "  curl -X PUT -d '{\"outage\":\"unavailable\"}' " + faults,
        "  seq 20 | sed 's/.*/{\"action\":\"notion:createPage\",\"payload\":{\"title\":\"Page &\","
            + "\"container\":\"7f1d5c7a3b1e4b0c9a52d1a0c4e8f001\"}}/' | ./backstop publish"
            + where,
        "  curl -X DELETE " + faults,
        "Stop with Ctrl-C; what it kept is deleted then, but not what fallbacks wrote.");
  }

  /** The options that the other commands need to find it: none on the usual ports. */
  private static String where(DemoSystem system) {
    String options = "";
    if (!system.bootstrapServers().endsWith(":" + DemoPorts.KAFKA)) {
      options += " --bootstrap-servers " + system.bootstrapServers();
    }
    if (!system.registryUrl().endsWith(":" + DemoPorts.REGISTRY)) {
      options += " --registry " + system.registryUrl();
    }
    return options;
  }
}
