package io.backstop.config;

import static io.backstop.config.SettingRule.atLeast;
import static io.backstop.config.SettingRule.between;
import static io.backstop.config.SettingRule.matching;
import static io.backstop.config.SettingRule.sizeBetween;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The allowed range of every setting that has one: one line each. */
final class SettingRules {
  private static final SettingRule ANY_DURATION = between("1ms", "3650d");
  private static final SettingRule URL =
      new SettingRule(
          "an http or https URL with a host",
          value -> isUrl((String) value, Set.of("http", "https")));

  private static final SettingRule SERVICE_URL =
      new SettingRule(
          "an http or https URL with a host; smtp or smtps for email",
          value -> isUrl((String) value, Set.of("http", "https", "smtp", "smtps")));

  /** mock:// is the Confluent client's registry in memory, for tests. */
  private static final SettingRule REGISTRY_URLS =
      new SettingRule(
              "http or https URLs with a host, separated by commas",
              value -> isUrl((String) value, Set.of("http", "https", "mock")))
          .forEachOf(",");

  private static final SettingRule HOSTS =
      new SettingRule(
              "host:port, several separated by commas", value -> isHostAndPort((String) value))
          .forEachOf(",");
  private static final SettingRule FROM_NOTHING = between("0ms", "3650d");

  private static final SettingRule NO_CLIENT_ERRORS =
      new SettingRule(
          "failure classes without VALIDATION, NOT_FOUND and UNKNOWN, separated by commas",
          value ->
              Stream.of(((String) value).split(","))
                  .noneMatch(Set.of("VALIDATION", "NOT_FOUND", "UNKNOWN")::contains));

  private static final String LEGAL = "[A-Za-z0-9._-]";

  private static final Map<String, SettingRule> RULES =
      Map.ofEntries(
          Map.entry("backstop.kafka.bootstrap-servers", HOSTS),
          Map.entry(
              "backstop.kafka.application-id",
              matching(LEGAL + "{1,150}", "1 to 150 letters, digits, '.', '_' or '-'")),
          Map.entry("backstop.kafka.stream-threads", between(1, 64)),
          Map.entry("backstop.kafka.commit-interval", between("1ms", "1m")),
          Map.entry(
              "backstop.kafka.group-protocol", matching("streams|classic", "streams or classic")),
          Map.entry("backstop.kafka.standby-replicas", between(0, 10)),
          Map.entry("backstop.kafka.session-timeout", between("1s", "30m")),
          Map.entry("backstop.kafka.heartbeat-interval", between("100ms", "10m")),
          Map.entry("backstop.kafka.transaction-timeout", between("1s", "15m")),
          Map.entry(
              "backstop.kafka.replication-factor",
              between(-1, 32767)
                  .and(value -> (Integer) value != 0)
                  .named("-1 (the broker's default) or at least 1")),
          Map.entry("backstop.registry.url", REGISTRY_URLS),
          Map.entry(
              "backstop.topics.prefix",
              matching(LEGAL + "{1,150}", "1 to 150 letters, digits, '.', '_' or '-'")),
          Map.entry("backstop.topics.partitions", between(1, 10_000)),
          Map.entry("backstop.intake.max-request-size", sizeBetween("1KB", "1MB")),
          Map.entry("backstop.idempotency.retention", between("1m", "365d")),
          Map.entry("backstop.execution.max-concurrent-calls", between(1, 100_000)),
          Map.entry("backstop.execution.starvation-turn", atLeast(2)),
          Map.entry("backstop.replay.max-outstanding", between(1, 100_000)),
          Map.entry("backstop.execution.drain-interval", between("1ms", "1s")),
          Map.entry("backstop.execution.max-response-data", sizeBetween("0B", "900KB")),
          Map.entry("backstop.retry.factor", between(1.0, 100)),
          Map.entry("backstop.retry.initial-delay", FROM_NOTHING),
          Map.entry("backstop.retry.max-delay", FROM_NOTHING),
          Map.entry("backstop.retry.max-attempts", between(1, 1_000)),
          Map.entry("backstop.retry.budget-share", between(0.0, 1_000)),
          Map.entry("backstop.retry.budget-floor", atLeast(0)),
          Map.entry("backstop.circuit.failure-threshold", between(1, 1_000)),
          Map.entry("backstop.circuit.window", between("1s", "1h")),
          Map.entry("backstop.circuit.min-calls", atLeast(1)),
          Map.entry("backstop.circuit.failure-rate", between(0.001, 1)),
          Map.entry("backstop.circuit.slow-call-rate", between(0.001, 1)),
          Map.entry("backstop.circuit.failure-classes", NO_CLIENT_ERRORS),
          Map.entry("backstop.circuit.open-factor", between(1.0, 100)),
          Map.entry("backstop.circuit.successes-to-close", between(1, 1_000)),
          Map.entry("backstop.circuit.half-open-probes", between(1, 1_000)),
          Map.entry("backstop.circuit.min-instances", between(1, 1_000)),
          Map.entry("backstop.cache.max-entries", between(1, 1_000_000)),
          Map.entry("backstop.cache.max-entry-size", sizeBetween("1B", "900KB")),
          Map.entry("backstop.cache.max-total-size", sizeBetween("1KB", "1000MB")),
          // as many as the fleet remembers of a service
          Map.entry("backstop.fallback.skip.failures", between(0, 50)),
          Map.entry("backstop.fallback.parking.max-parks", between(0, 1_000)),
          Map.entry("backstop.fallback.skip.window", between("1s", "1h")),
          Map.entry("backstop.query.port", between(0, 65_535)),
          Map.entry(
              "backstop.query.advertised-host",
              matching("[A-Za-z0-9._:-]{1,253}", "a host name or an IP address")),
          // what a header can carry; a file may add a line end
          Map.entry(
              "backstop.query.token",
              matching("\\s*[!-~]*\\s*", "ASCII characters without spaces")),
          Map.entry("backstop.services.*.calls-per-second", between(0.001, 1_000_000)),
          Map.entry("backstop.targets.*.calls-per-second", between(0.001, 1_000_000)),
          Map.entry("backstop.targets.*.max-concurrent-calls", between(1, 100_000)),
          Map.entry("backstop.services.*.base-url", SERVICE_URL),
          Map.entry("backstop.services.*.token-uri", URL),
          Map.entry("backstop.services.*.max-concurrent-calls", between(1, 100_000)));

  private SettingRules() {}

  /** The rule of this setting; a duration without a line of its own has a wide one. */
  static Optional<SettingRule> of(Setting setting) {
    return Optional.ofNullable(RULES.get(setting.key()))
        .or(() -> Optional.ofNullable(RULES.get(ofAll(setting.key()))))
        .or(() -> Optional.of(ANY_DURATION).filter(any -> setting.type() == ValueType.DURATION));
  }

  /** The key under which a value of one service or target stands for all. */
  private static String ofAll(String key) {
    return key.replaceFirst("^backstop\\.(services|targets)\\.\\*\\.", "backstop.");
  }

  /** Keys that have a line here. */
  static Set<String> keys() {
    return RULES.keySet();
  }

  private static boolean isHostAndPort(String text) {
    try {
      var uri = new URI("kafka://" + text.trim());
      return uri.getHost() != null
          && uri.getPort() > 0
          && uri.getPort() <= 65_535
          && uri.getAuthority().equals(text.trim());
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isUrl(String text, Set<String> schemes) {
    try {
      var uri = new URI(text.trim());
      return uri.getScheme() != null && schemes.contains(uri.getScheme()) && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
