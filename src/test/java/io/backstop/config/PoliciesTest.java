package io.backstop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.backstop.action.FailureClass;
import io.backstop.testing.TestConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {
  private static Policies policies(String... settings) {
    return new Policies(TestConfig.with(settings));
  }

  @Test
  void shouldTakeTheValueOfTheServiceBeforeThatOfAll() {
    var policies =
        policies(
            "backstop.circuit.failure-threshold", "7",
            "backstop.services.notion.circuit.failure-threshold", "3",
            "backstop.services.notion.circuit.trip-on", "failure-rate,slow-call-rate",
            "backstop.services.notion.retry.failure-classes", "TIMEOUT");

    assertThat(policies.of("notion").circuit().failureThreshold()).isEqualTo(3);
    assertThat(policies.of("notion").circuit().tripOn())
        .containsExactlyInAnyOrder(TripRule.FAILURE_RATE, TripRule.SLOW_CALL_RATE);
    assertThat(policies.of("notion").retry().failureClasses())
        .containsExactly(FailureClass.TIMEOUT);
    assertThat(policies.of("slack").circuit().failureThreshold()).isEqualTo(7);
    assertThat(policies.scope("notion:query")).isEqualTo("notion");
  }

  @Test
  void shouldGiveATargetWithSettingsAScopeOfItsOwn() {
    var policies =
        policies(
            "backstop.services.notion.timeout", "4s",
            "backstop.targets.notion:query.calls-per-second", "2.5",
            "backstop.targets.notion:updatePage.cache.enabled", "true");

    assertThat(policies.scope("notion:query")).isEqualTo("notion:query");
    assertThat(policies.scope("notion:updatePage")).isEqualTo("notion");
    assertThat(policies.of("notion:query").timeout()).isEqualTo(Duration.ofSeconds(4));
    assertThat(policies.of("notion:query").callsPerSecond()).hasValue(2.5);
    assertThat(policies.of("notion").callsPerSecond()).isEmpty();
  }

  @Test
  void shouldGiveATargetAScopeOfItsOwnThatDiffersFromItsServiceAlone() {
    var policies =
        policies(
            "backstop.execution.timeout", "10s",
            "backstop.services.notion.timeout", "60s",
            "backstop.targets.notion:query.timeout", "10s");

    assertThat(policies.scope("notion:query")).isEqualTo("notion:query");
    assertThat(policies.of(policies.scope("notion:query")).timeout())
        .isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void shouldNotTakeOverWhatContradictsTheConfigurationByNow() {
    var policies = policies("backstop.circuit.half-open-probes", "2");

    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(() -> policies.change("notion", Map.of("circuit.successes-to-close", "3")))
        .withMessageContaining("the circuit could never close");
    assertThat(policies.of("notion").circuit().successesToClose()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "a..b",
        "\"",
        "\"a\".b",
        "[0]",
        "x[0]",
        "${x}",
        "timeout.",
        ".timeout",
        "retry",
        "circuit.",
        "CIRCUIT.WINDOW",
        "cache.enabled",
        "cache.max-age",
        "%prod.timeout",
        "\\",
        "timeout\\",
        "é",
        "circuit.window[0]"
      })
  void shouldSayWhatIsWrongWithAKeyThatIsNoSetting(String key) {
    var policies = policies();

    assertThat(policies.problems("notion", Map.of(key, "true"))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "${x}", "${", "1,2", "9999999999999999999s", "-1s", "\\", "NaN", "1e999"})
  void shouldNeverThrowWhateverAValueIs(String value) {
    var policies = policies();

    for (String key : SettingsInForce.of(policies.of("notion")).keySet()) {
      policies.problems("notion", Map.of(key, value));
    }
  }

  @Test
  void shouldTakeOverWhatACommandChangesAndForgetItAgain() {
    var policies = policies("backstop.services.notion.circuit.open-duration", "20s");

    policies.change("notion", Map.of("circuit.open-duration", "3s", "timeout", "1s"));

    assertThat(policies.of("notion").circuit().openDuration()).isEqualTo(Duration.ofSeconds(3));
    assertThat(policies.of("notion").timeout()).isEqualTo(Duration.ofSeconds(1));

    policies.change("notion", Map.of());

    assertThat(policies.of("notion").circuit().openDuration()).isEqualTo(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          circuit.open-duratio         | 3s         | did you mean
          circuit.open-duration        | soon       | expected a duration
          circuit.failure-rate         | 1.5        | from 0.001 to 1.0
          circuit.failure-classes      | VALIDATION | without VALIDATION
          circuit.successes-to-close   | 9          | could never close
          token                        | secret     | is not a setting
          """)
  void shouldSayWhatIsWrongWithAChange(String key, String value, String expected) {
    var policies = policies();

    assertThat(policies.problems("notion", Map.of(key, value)))
        .singleElement()
        .asString()
        .contains(expected);
  }

  @Test
  void shouldRefuseAConfigurationThatContradictsItself() {
    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(() -> policies("backstop.services.slack.circuit.half-open-probes", "1"))
        .withMessageContaining("backstop.services.slack.circuit.half-open-probes")
        .withMessageContaining("could never close");
  }
}
