package io.backstop.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a deployment's requests have left in the broker's log, by topic.
 *
 * @param before when the deployment had no requests yet
 */
record BrokerShare(Deployment deployment, TopicBytes before, TopicBytes after) {

  void report(PrintWriter out, ObjectNode json) {
    ObjectNode bytes = json.putObject("brokerBytesPerRequest");
    perRequest()
        .forEach(
            (topic, each) -> {
              out.printf("  broker    %,.0f bytes for each request in %s%n", each, topic);
              bytes.put(topic, Report.rounded(each));
            });
    out.flush();
  }

  /** Without the deployment's own prefixes, and without what is next to nothing. */
  private Map<String, Double> perRequest() {
    Map<String, Double> shares = new TreeMap<>();
    for (String prefix :
        new String[] {deployment.settings().prefix(), deployment.applicationId() + "-"}) {
      after.byTopic().keySet().stream()
          .filter(topic -> topic.startsWith(prefix))
          .forEach(
              topic -> {
                double each =
                    (double) (after.of(topic) - before.of(topic)) / deployment.published();
                if (each >= 1) {
                  shares.put(topic.substring(prefix.length()), each);
                }
              });
    }
    return shares;
  }
}
