package io.backstop.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.StoreNames;
import io.backstop.bench.Deployment.Shape;
import io.backstop.bench.Side.Running;
import io.backstop.executor.Targets;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * A store of idempotency keys that grows, in one partition, against one that was empty at the start
 * of its round: throughput, disk and changelog for each key, and the time to restore it without a
 * disk.
 */
final class KeysAxis {
  private static final int FILL = 500_000;

  private final ScaleOptions options;
  private final PrintWriter out;

  KeysAxis(ScaleOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  void measure(BenchCluster cluster, ObjectNode json) {
    ArrayNode sizes = json.putArray("keys");
    BenchOptions rounds = options.rounds(options.requests());
    Shape shape = new Shape("grown", 1, 1, 1, options.settings());
    try (Deployment grown =
            new Deployment(cluster, shape, Targets.of(List.of(new InstantTarget())));
        ResultCount results = new ResultCount(cluster, grown.results())) {
      BenchSettings fresh = new BenchSettings(cluster, rounds, "empty.");
      fresh.publish(cluster, SampleRequests::instant);
      Side empty = new ProcessorSide("empty", fresh, List.of(new InstantTarget()));
      Duel duel = new Duel(cluster, rounds, out);
      TopicBytes before = TopicBytes.of(cluster);
      for (int keys : options.keys()) {
        out.printf("A store of %,d idempotency keys ...%n", keys);
        out.flush();
        grow(grown, keys - options.requests() * (options.rounds() + 1), results);
        Side side =
            new DeploymentSide(
                "grown", grown, options.requests(), SampleRequests::instant, /* first= */ true);
        Growth growth = new Growth("%,d keys".formatted(keys), duel.fight(empty, side));
        // what the rounds wrote is counted too, so that the next growth does not wait for it
        results.await(grown.published());
        ObjectNode size = sizes.addObject().put("keys", grown.published());
        growth.print(out);
        growth.put(size);
        disk(grown, size);
        new BrokerShare(grown, before, TopicBytes.of(cluster)).report(out, size);
        restore(grown, results, size);
      }
    }
  }

  private void grow(Deployment grown, int keys, ResultCount results) {
    while (grown.published() < keys) {
      grown.publish(Math.min(FILL, keys - grown.published()), SampleRequests::instant);
      Running running = grown.start();
      try {
        results.await(grown.published());
      } finally {
        running.close();
      }
    }
  }

  private void disk(Deployment grown, ObjectNode json) {
    Path state = grown.states().get(0);
    double perKey = (double) Disk.bytes(state, StoreNames.FINISHED) / grown.published();
    double all = Disk.bytes(state) / 1e6;
    out.printf(
        "  disk      %.0f bytes for each key in the store of outcomes, %.0f MB in all%n",
        perKey, all);
    json.put("diskBytesPerKey", Report.rounded(perKey)).put("stateMb", Report.rounded(all));
  }

  /** From the start of an instance without state to the first result that can be read. */
  private void restore(Deployment grown, ResultCount results, ObjectNode json) {
    grown.loseState();
    grown.publish(1, SampleRequests::instant);
    long start = System.nanoTime();
    Running running = grown.start();
    try {
      results.await(grown.published());
    } finally {
      double seconds = (System.nanoTime() - start) / 1e9;
      running.close();
      out.printf("  restore   %.1f s without a disk until the first result%n", seconds);
      out.flush();
      json.put("restoreSeconds", Report.rounded(seconds));
    }
  }
}
