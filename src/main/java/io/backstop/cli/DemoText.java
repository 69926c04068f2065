package io.backstop.cli;

import io.backstop.demo.DemoPorts;
import io.backstop.demo.DemoSystem;
import java.util.List;

/** What a running demo tells a newcomer. */
final class DemoText {
  private DemoText() {}

  /** What the other side saw. */
  static String calls(DemoSystem system) {
    return "The simulated services answered %,d calls; changes they made twice: %,d."
        .formatted(system.calls(), system.repeatedEffects());
  }

  static List<String> invitation(DemoSystem system) {
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
        "Look at what failed:",
        "  ./backstop dead-letters list" + where,
        "Watch the circuits; in a further terminal take Notion down, ask it for pages, let it return:",
        "  ./backstop circuits --watch" + where,
        "  curl -X PUT -d '{\"outage\":\"unavailable\"}' " + faults,
        "  seq 20 | sed 's/.*/{\"action\":\"notion:createPage\",\"payload\":{\"title\":\"Page &\","
            + "\"container\":\"7f1d5c7a3b1e4b0c9a52d1a0c4e8f001\"}}/' | ./backstop publish"
            + where,
        "  curl -X DELETE " + faults,
        "Stop with Ctrl-C; what it kept is deleted then.");
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
