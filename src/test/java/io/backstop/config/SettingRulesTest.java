package io.backstop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingRulesTest {

  private static BackstopConfig load(String key, String value) {
    return ConfigLoader.ignoringProcess().load(Optional.empty(), Map.of(key, value));
  }

  @Test
  void shouldHaveRulesOnlyForSettingsThatExist() {
    var keys = Settings.of(BackstopConfig.class).stream().map(Setting::key).toList();

    assertThat(keys).containsAll(SettingRules.keys());
  }

  @Test
  void shouldAllowEveryDefault() {
    assertThat(Settings.of(BackstopConfig.class))
        .filteredOn(setting -> setting.defaultValue().isPresent())
        .allSatisfy(
            setting -> {
              var value = setting.type().parse().apply(setting.defaultValue().get());
              assertThat(
                      SettingRules.of(setting).map(rule -> rule.allows().test(value)).orElse(true))
                  .as(setting.key())
                  .isTrue();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          backstop.kafka.commit-interval           | 0ms
          backstop.kafka.commit-interval           | 61s
          backstop.kafka.commit-interval           | 100
          backstop.kafka.commit-interval           | 5 parsecs
          backstop.kafka.start-timeout             | 0s
          backstop.kafka.shutdown-timeout          | PT0S
          backstop.kafka.start-timeout             | PT-5S
          backstop.kafka.start-timeout             | P
          backstop.kafka.start-timeout             | 999999999999d
          backstop.kafka.stream-threads            | 0
          backstop.kafka.stream-threads            | 65
          backstop.kafka.stream-threads            | 1.5
          backstop.kafka.replication-factor        | 0
          backstop.kafka.replication-factor        | -2
          backstop.kafka.group-protocol            | consumer
          backstop.kafka.session-timeout           | 999ms
          backstop.kafka.heartbeat-interval        | 99ms
          backstop.kafka.transaction-timeout       | 16m
          backstop.kafka.application-id            | has space
          backstop.kafka.bootstrap-servers         | localhost
          backstop.kafka.bootstrap-servers         | localhost:x
          backstop.kafka.bootstrap-servers         | localhost:99999
          backstop.kafka.bootstrap-servers         | a:1,,b:2
          backstop.kafka.bootstrap-servers         | http://a:1
          backstop.registry.url                    | localhost:8081
          backstop.registry.url                    | http://a:1,ftp://b
          backstop.registry.auto-register          | yes
          backstop.topics.prefix                   | actions/
          backstop.topics.partitions               | 0
          backstop.topics.partitions               | 10001
          backstop.intake.partitioning             | BY_RECORD_KEY
          backstop.intake.partitioning             | by-nothing
          backstop.intake.max-request-size         | 1023B
          backstop.intake.max-request-size         | 2MB
          backstop.intake.max-request-size         | 900
          backstop.intake.max-request-size         | 999999999MB
          backstop.idempotency.retention           | 59s
          backstop.execution.max-concurrent-calls  | 0
          backstop.execution.max-concurrent-calls  | 100001
          backstop.query.advertised-host           | a/../b
          backstop.query.advertised-host           | two words
          backstop.query.advertised-host           | http://a
          backstop.execution.starvation-turn       | 1
          backstop.execution.drain-interval        | 0ms
          backstop.execution.drain-interval        | 2s
          backstop.services.notion.base-url        | api.notion.com
          backstop.services.notion.timeout         | 0s
          backstop.services.x.max-concurrent-calls | 0
          """)
  void shouldRefuseValuesOutOfRangeWithTheirKey(String key, String value) {
    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(() -> load(key, value))
        .withMessageContaining(key + " = " + value + " (override): expected ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"t\u00f6k\u00e9n", "two words", "a\nb"})
  void shouldRefuseATokenThatNoHeaderCarriesWithoutShowingIt(String token) {
    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(() -> load("backstop.query.token", token))
        .withMessageContaining("backstop.query.token")
        .withMessageContaining("expected ASCII characters without spaces")
        .withMessageNotContaining(token);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          backstop.kafka.commit-interval     | 4s
          backstop.kafka.commit-interval     | PT0.5S
          backstop.kafka.bootstrap-servers   | kafka-1.example.com:9092, [::1]:9093
          backstop.kafka.group-protocol      | classic
          backstop.registry.url              | https://a/path,http://b:1
          backstop.registry.auto-register    | true
          backstop.topics.prefix             | team_a.actions.
          backstop.intake.partitioning       | by-idempotency-key
          backstop.intake.max-request-size   | 1MB
          backstop.idempotency.retention     | 7d
          backstop.query.advertised-host     | node-7.example
          backstop.query.advertised-host     | fe80::1
          backstop.query.token               | s3cret/+=
          backstop.services.shop.base-url    | http://localhost:8090/shop
          backstop.services.email.base-url   | smtps://mail.example.com
          """)
  void shouldAllowValuesWithinRange(String key, String value) {
    assertThat(load(key, value)).isNotNull();
  }
}
