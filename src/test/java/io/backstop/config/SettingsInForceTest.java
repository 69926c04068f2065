package io.backstop.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.testing.TestConfig;
import org.junit.jupiter.api.Test;

class SettingsInForceTest {
  private final Policies policies =
      new Policies(
          TestConfig.with(
              "backstop.services.notion.calls-per-second", "2.5",
              "backstop.services.notion.circuit.open-duration", "90s",
              "backstop.services.notion.circuit.trip-on", "failure-rate,consecutive-failures",
              "backstop.services.notion.retry.initial-delay", "1500ms"));

  @Test
  void shouldSayEachSettingAsItIsConfigured() {
    assertThat(SettingsInForce.of(policies.of("notion")))
        .containsEntry("calls-per-second", "2.5")
        .containsEntry("circuit.open-duration", "90s")
        .containsEntry("circuit.trip-on", "consecutive-failures,failure-rate")
        .containsEntry("retry.initial-delay", "1500ms")
        .containsEntry("circuit.window", "1m");
  }

  @Test
  void shouldLeaveOutWhatIsNotLimited() {
    assertThat(SettingsInForce.of(policies.of("slack"))).doesNotContainKey("calls-per-second");
  }

  @Test
  void shouldGiveTheSamePolicyWhenTakenAsChanges() {
    var settings = SettingsInForce.of(policies.of("notion"));

    var others = new Policies(TestConfig.with());
    others.change("slack", settings);

    assertThat(policies.problems("slack", settings)).isEmpty();
    assertThat(others.of("slack")).isEqualTo(policies.of("notion"));
  }
}
