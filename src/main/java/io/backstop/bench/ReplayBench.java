package io.backstop.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.Selection;
import io.backstop.client.Commands;
import io.backstop.config.BackstopConfig;
import io.backstop.executor.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How fast dead letters are replayed as fast as may be, and what live requests notice of it: the
 * same process, the same target, before the replay and while it runs.
 */
public final class ReplayBench {
  private static final String PREFIX = "bench.";
  private static final int WARM_UP_MS = 3_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ReplayOptions options;
  private final PrintWriter out;
  private final BenchOptions common;

  private ReplayBench(ReplayOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
    this.common = new BenchOptions(options.letters(), 1, 1, 1, 0, options.settings());
  }

  /** Prints as it goes; the last line is JSON. */
  public static void run(ReplayOptions options, PrintWriter out) {
    new ReplayBench(options, out).run();
  }

  private void run() {
    out.printf(
        "%,d dead letters, %d live requests/s ...%n", options.letters(), options.perSecond());
    out.flush();
    MendedTarget target = new MendedTarget();
    try (BenchCluster cluster = BenchCluster.start()) {
      BenchSettings settings = new BenchSettings(cluster, common, PREFIX);
      settings.publish(cluster, SampleRequests::instant);
      new ProcessorSide(settings, List.of(target))
          .runWhile(
              () -> {
                BackstopConfig config = settings.forOneRun(Path.of("unused"));
                Selection letters = PinnedLetters.of(cluster, config, options.letters());
                target.mend();
                measure(cluster, settings, config, letters);
                return null;
              });
    }
  }

  private void measure(
      BenchCluster cluster, BenchSettings settings, BackstopConfig config, Selection letters) {
    try (LiveLoad live =
        new LiveLoad(cluster, settings, 1, options.perSecond(), SampleRequests::instant)) {
      Waiting.forMillis(WARM_UP_MS);
      long quietFrom = System.nanoTime();
      Waiting.forMillis(options.seconds() * 1_000L);
      Latencies without = live.between(quietFrom, System.nanoTime());
      long start = System.nanoTime();
      send(config, letters);
      while (live.others() < options.letters()) {
        int before = live.others();
        Waiting.until("a further letter has its result", () -> live.others() > before);
      }
      long end = System.nanoTime();
      report(without, live.between(start, end), (end - start) / 1e9);
    }
  }

  private static void send(BackstopConfig config, Selection letters) {
    Command command =
        Command.newBuilder()
            .setCommandId(UUID.randomUUID().toString())
            .setName("replay.start")
            .setActor("bench")
            .setIssuedAt(Instant.now())
            .setArguments(Map.of("ramp", "false"))
            .setSelection(letters)
            .build();
    try (Commands commands = Commands.open(config)) {
      CommandResult answer =
          commands
              .send(command, PATIENCE)
              .orElseThrow(() -> new IllegalStateException("the replay was not answered"));
      if (answer.getStatus() == CommandStatus.REFUSED) {
        throw new IllegalStateException("the replay was refused: " + answer.getMessage());
      }
    }
  }

  private void report(Latencies without, Latencies with, double seconds) {
    double ratio = with.percentile(99) / without.percentile(99);
    out.printf("replayed   %,.0f letters/s, all in %.1f s%n", options.letters() / seconds, seconds);
    out.printf(
        "live       p50 %.0f ms, p99 %.0f ms without; p50 %.0f ms, p99 %.0f ms while it ran: %.2f times%n",
        without.percentile(50),
        without.percentile(99),
        with.percentile(50),
        with.percentile(99),
        ratio);
    ObjectNode json =
        Report.of("replay")
            .put("letters", options.letters())
            .put("livePerSecond", options.perSecond())
            .put("replaySeconds", Report.rounded(seconds))
            .put("replayedPerSecond", Report.rounded(options.letters() / seconds));
    side(json.putObject("without"), without);
    side(json.putObject("with"), with);
    json.put("p99Ratio", Report.rounded(ratio));
    out.println(new String(Json.bytes(json), StandardCharsets.UTF_8));
    out.flush();
  }

  private static void side(ObjectNode json, Latencies latencies) {
    json.put("requests", latencies.count())
        .put("p50Ms", Report.rounded(latencies.percentile(50)))
        .put("p99Ms", Report.rounded(latencies.percentile(99)))
        .put("maxMs", Report.rounded(latencies.percentile(100)));
  }
}
