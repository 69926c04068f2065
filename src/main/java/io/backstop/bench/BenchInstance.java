package io.backstop.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.config.BackstopConfig;
import io.backstop.config.ConfigLoader;
import io.backstop.executor.Json;
import io.backstop.executor.Targets;
import io.backstop.executor.auth.BearerToken;
import io.backstop.executor.http.VertxTransport;
import io.backstop.runtime.ActionProcessor;
import io.backstop.runtime.Copies;
import io.backstop.runtime.Outside;
import io.backstop.serde.TrustedRecords;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An instance in a process of its own, to be killed. Its arguments after the first are settings; it
 * answers each line of its standard input with what it works on and keeps for others, and stops
 * cleanly when that ends.
 */
public final class BenchInstance {
  static final String RUNNING = "RUNNING";
  private static final Duration LATENCY = Duration.ofMillis(20);

  private BenchInstance() {}

  /** The same in every process of a group, so that their topologies are the same. */
  static Targets targets() {
    return Targets.of(List.of(new InstantTarget(), new DelayedTarget(LATENCY)));
  }

  public static void main(String[] arguments) throws IOException {
    TrustedRecords.trust();
    Map<String, String> settings = new HashMap<>();
    for (String each : List.of(arguments).subList(1, arguments.length)) {
      String[] setting = each.split("=", 2);
      settings.put(setting[0], setting[1]);
    }
    BackstopConfig config = ConfigLoader.ignoringProcess().load(Optional.empty(), settings);
    Outside outside =
        new Outside(targets(), BearerToken::of, new VertxTransport(), new SimpleMeterRegistry());
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (ActionProcessor processor = ActionProcessor.start(config, outside, Clock.systemUTC())) {
      System.out.println(RUNNING + " " + arguments[0]);
      while (input.readLine() != null) {
        System.out.println(answer(processor.copies()));
      }
    }
  }

  private static String answer(Copies copies) {
    ObjectNode json = Json.object().put("lag", copies.lag());
    copies.active().forEach(json.putArray("active")::add);
    copies.standby().forEach(json.putArray("standby")::add);
    return json.toString();
  }
}
