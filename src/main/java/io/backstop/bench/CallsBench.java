package io.backstop.bench;

import io.backstop.executor.http.HttpReply;
import io.backstop.executor.http.VertxTransport;
import io.backstop.executor.slack.PostMessage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What Backstop adds to calls that go out over HTTP to a service that answers after 20 ms. */
public final class CallsBench {
  private static final String PREFIX = "bench.";
  private static final int IN_FLIGHT = 256;
  private static final String LATENCY_MS = "20";
  private static final Pattern SLACK = Pattern.compile("^\\s+slack\\s+(\\S+)");

  private CallsBench() {}

  /** Prints as it goes; the last line is JSON. Takes a minute or two with the default options. */
  public static void run(BenchOptions options, PrintWriter out) {
    var report = new Report("calls", options, out);
    try (BenchCluster cluster = BenchCluster.start();
        ChildJvm simulator =
            ChildJvm.start(
                List.of("-Xmx512m"), "simulator", "--port", "0", "--latency", LATENCY_MS);
        VertxTransport http = new VertxTransport()) {
      out.printf("Filling topics with %,d requests of 500 bytes ...%n", options.requests());
      out.flush();
      var settings =
          new BenchSettings(cluster, options, PREFIX)
              .with("backstop.services.slack.base-url", simulator.await(SLACK))
              .with("backstop.services.slack.token", "xoxb-bench")
              .with("backstop.services.slack.max-concurrent-calls", "" + IN_FLIGHT);
      settings.publish(cluster, SampleRequests::slackMessage);
      var calls = new SlackCalls(settings.forOneRun(Path.of("unused")));
      String bodies = PREFIX + "bodies";
      String answers = PREFIX + "answers";
      cluster.createTopic(bodies, options.partitions());
      cluster.createTopic(answers, options.partitions());
      TopicFill.fill(cluster, bodies, options.partitions(), options.requests(), calls::body);
      report.add(
          new Duel(cluster, options, out)
              .fight(
                  new CallLoop(
                      cluster,
                      bodies,
                      answers,
                      options.threads(),
                      input -> calls.send(http, input).thenApply(CallsBench::body),
                      IN_FLIGHT),
                  new ProcessorSide(settings, List.of(new PostMessage()))));
    }
    report.end();
  }

  private static byte[] body(HttpReply reply) {
    if (reply.status() != 200) {
      throw new IllegalStateException("the simulator answered " + reply.status());
    }
    return reply.body();
  }
}
