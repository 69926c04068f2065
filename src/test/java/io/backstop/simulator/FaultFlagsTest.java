package io.backstop.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultFlagsTest {

  @Test
  void shouldCollectFaultsByService() {
    FaultFlags flags = new FaultFlags();

    flags.latency("20");
    flags.latency("slack=uniform:10-50");
    flags.errors("slack=0.1:429:2");
    flags.outage("gmail");

    FaultPlan slack = flags.plans().get(EmulatedService.SLACK);
    assertThat(slack.latency()).isEqualTo(new Latency.Uniform(10, 50));
    assertThat(slack.failures()).containsExactly(Failure.rateLimited(0.1, 2));
    assertThat(flags.plans().get(EmulatedService.NOTION).latency())
        .isEqualTo(new Latency.Fixed(20));
    assertThat(flags.plans().get(EmulatedService.GMAIL).outage())
        .isEqualTo(FaultPlan.Outage.UNAVAILABLE);
  }

  @Test
  void shouldTakePlansAsJson() {
    FaultFlags flags = new FaultFlags();

    flags.json("{\"drive\":{\"latency\":{\"ms\":5}}}".getBytes(StandardCharsets.UTF_8));

    assertThat(flags.plans()).containsOnlyKeys(EmulatedService.DRIVE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "jira=20", "uniform:10", "-5", "zipf:1"})
  void shouldNameTheOptionOfAWrongValue(String value) {
    FaultFlags flags = new FaultFlags();

    assertThatThrownBy(() -> flags.latency(value))
        .isInstanceOf(InvalidFaultException.class)
        .hasMessageContaining("--latency: '" + value + "'");
  }
}
