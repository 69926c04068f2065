package io.backstop.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.backstop.config.BackstopConfig;
import io.backstop.config.ConfigLoader;
import io.backstop.devcluster.DevCluster;
import io.backstop.simulator.EmulatedService;
import io.backstop.simulator.FaultPlan;
import io.backstop.simulator.Latency;
import io.backstop.simulator.Simulator;
import io.backstop.simulator.SimulatorOptions;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the parts of the demo are set: everything as by default, but for addresses, and for waits
 * that would be too long to watch.
 */
final class DemoSettings {
  /** How long Notion's circuit stays open. */
  static final Duration OPEN = Duration.ofSeconds(2);

  static final Duration LONGEST_OPEN = Duration.ofSeconds(4);

  /** Of the other services' circuits. */
  private static final Duration OTHERS_OPEN = Duration.ofSeconds(1);

  private static final Duration OTHERS_LONGEST_OPEN = Duration.ofSeconds(2);

  /** How long a request is parked in the retry queue. */
  static final Duration PARKED = Duration.ofSeconds(1);

  private static final Duration LONGEST_PARKED = Duration.ofSeconds(2);

  private static final Set<EmulatedService> SERVICES =
      EnumSet.complementOf(EnumSet.of(EmulatedService.OAUTH2));

  private static final long SEED = 1;
  private static final Latency LATENCY = new Latency.LogNormal(15, 60);
  private static final String WEBHOOK_SECRET =
      "whsec_" + Base64.getEncoder().encodeToString("signs webhooks of the demo".getBytes(UTF_8));

  private DemoSettings() {}

  static SimulatorOptions simulator(int port, DemoOutput output) {
    Map<EmulatedService, FaultPlan> plans = new EnumMap<>(EmulatedService.class);
    for (EmulatedService service : SERVICES) {
      plans.put(service, FaultPlan.HEALTHY.withLatency(LATENCY));
    }
    return new SimulatorOptions(port, SEED, plans)
        .receivingMail(output.mailbox())
        .checkingWebhooks(WEBHOOK_SECRET);
  }

  static BackstopConfig processor(
      DevCluster cluster, Simulator simulator, TemporaryState state, DemoOutput output) {
    var values = new HashMap<String, String>();
    values.put("backstop.kafka.bootstrap-servers", cluster.bootstrapServers());
    values.put("backstop.kafka.state-dir", state.directory().toString());
    values.put("backstop.registry.url", cluster.registryUrl());
    values.put("backstop.registry.auto-register", "true");
    values.put("backstop.topics.auto-create", "true");
    addServices(simulator, values);
    addFallbacks(output, values);
    return ConfigLoader.ignoringProcess().load(Optional.empty(), values);
  }

  private static void addServices(Simulator simulator, Map<String, String> values) {
    for (EmulatedService service : SERVICES) {
      String prefix = "backstop.services." + service.label();
      values.put(prefix + ".base-url", simulator.baseUri(service).toString());
      boolean isNotion = service == EmulatedService.NOTION;
      values.put(prefix + ".circuit.open-duration", text(isNotion ? OPEN : OTHERS_OPEN));
      values.put(
          prefix + ".circuit.max-open-duration",
          text(isNotion ? LONGEST_OPEN : OTHERS_LONGEST_OPEN));
      if (service != EmulatedService.EMAIL) {
        values.put(prefix + ".token", "demo");
      }
    }
    values.put("backstop.services.trello.api-key", "demo");
    values.put("backstop.services.email.sender", "Backstop <backstop@example.com>");
    values.put("backstop.services.email.options.starttls", "off");
    values.put("backstop.services.webhook.signing-secret", WEBHOOK_SECRET);
  }

  private static void addFallbacks(DemoOutput output, Map<String, String> values) {
    values.put("backstop.services.csv.directory", output.csv().toString());
    values.put("backstop.services.local.directory", output.backups().toString());
    values.put("backstop.services.file.directory", output.files().toString());
    String targets = "backstop.fallback.targets.";
    values.put(targets + "\"trello:createCard\".container", "5f8a1c2d3e4b5a6978001122");
    values.put(targets + "\"email:notification\".recipients", "on-call@example.com");
    values.put("backstop.notifications.target", "email:notification");
    values.put("backstop.notifications.recipients", "team@example.com");
    values.put("backstop.fallback.parking.delay", text(PARKED));
    values.put("backstop.fallback.parking.max-delay", text(LONGEST_PARKED));
  }

  private static String text(Duration duration) {
    return duration.toSeconds() + "s";
  }
}
