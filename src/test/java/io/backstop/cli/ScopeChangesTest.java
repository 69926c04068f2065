package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.config.Policies;
import io.backstop.testing.TestConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeChangesTest {
  private final Policies policies = new Policies(TestConfig.with());

  @Test
  void shouldTakeValuesAndPuttingBack() {
    var changes =
        Map.of("circuit.open-duration", "10s", "calls-per-second", "", "retry.max-attempts", "");

    assertThat(ScopeChanges.problems(policies, "notion", changes)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          circuit.open-duratio  | 3s   | circuit.open-duration
          circuit.open-duratio  | ''   | did you mean circuit.open-duration?
          colour                | ''   | SERVICE' lists them
          circuit.open-duration | soon | circuit.open-duration
          """)
  void shouldSayInTheOperatorsWordsWhatIsWrong(String key, String value, String expected) {
    assertThat(ScopeChanges.problems(policies, "notion", Map.of(key, value)))
        .singleElement()
        .asString()
        .contains(expected)
        .doesNotContain("backstop.targets", "configuration", "override");
  }
}
