package io.backstop.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Settings that are allowed alone but not together. */
final class CrossRules {
  private final UnaryOperator<String> where;
  private final List<String> broken = new ArrayList<>();

  private CrossRules(UnaryOperator<String> where) {
    this.where = where;
  }

  /**
   * One sentence per contradiction, beginning with the key to change.
   *
   * @param where names the place that a key's value comes from
   */
  static List<String> broken(BackstopConfig config, UnaryOperator<String> where) {
    var rules = new CrossRules(where);
    rules.check(config.kafka());
    rules.check(config.registry());
    config.services().forEach(rules::checkUrl);
    rules.checkPolicies(config);
    return rules.broken;
  }

  private void check(KafkaConfig kafka) {
    if (kafka.heartbeatInterval().multipliedBy(3).compareTo(kafka.sessionTimeout()) > 0) {
      add(
          "backstop.kafka.heartbeat-interval",
          "at most a third of backstop.kafka.session-timeout, so that one lost heartbeat does no harm");
    }
    if (kafka.transactionTimeout().compareTo(kafka.commitInterval()) <= 0) {
      add("backstop.kafka.transaction-timeout", "more than backstop.kafka.commit-interval");
    }
    if (kafka.groupProtocol().equals("streams") && kafka.groupInstanceId().isPresent()) {
      add("backstop.kafka.group-instance-id", "only with backstop.kafka.group-protocol = classic");
    }
  }

  private void check(RegistryConfig registry) {
    if (registry.username().isPresent() != registry.password().isPresent()) {
      var given = registry.username().isPresent() ? "username" : "password";
      add("backstop.registry." + given, "give both username and password, or neither");
    }
    if (registry.bearerToken().isPresent() && registry.username().isPresent()) {
      add("backstop.registry.bearer-token", "give either this or username and password, not both");
    }
  }

  private void checkUrl(String service, ServiceConfig config) {
    boolean mail = service.equals("email");
    boolean smtp = config.baseUrl().filter(url -> url.strip().startsWith("smtp")).isPresent();
    if (config.baseUrl().isPresent() && mail != smtp) {
      add(
          "backstop.services." + service + ".base-url",
          mail ? "expected smtp://host:587 or smtps://host:465" : "expected http or https");
    }
  }

  private void checkPolicies(BackstopConfig config) {
    ScopePolicy all = ScopePolicy.of(config);
    all.contradictions().forEach(each -> broken.add("backstop." + each));
    if (!broken.isEmpty()) {
      return; // every service would inherit the contradiction
    }
    config
        .services()
        .forEach((name, own) -> checkOwn("backstop.services." + name + ".", all.with(own)));
    config
        .targets()
        .forEach((name, own) -> checkOwn("backstop.targets." + name + ".", all.with(own)));
  }

  private void checkOwn(String prefix, ScopePolicy policy) {
    policy.contradictions().forEach(each -> broken.add(prefix + each));
  }

  private void add(String key, String rule) {
    broken.add(key + " (" + where.apply(key) + "): " + rule);
  }
}
