package io.backstop.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void shouldBeTheSameForTheSameSeedAndAnotherForAnother() {
    assertThat(Plan.of(7, MINUTE)).isEqualTo(Plan.of(7, MINUTE)).isNotEqualTo(Plan.of(8, MINUTE));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 60, 150})
  void shouldStrikeWithEveryKindOfBlowWithinItsLength(int seconds) {
    List<Plan.Timed> blows = Plan.of(3, Duration.ofSeconds(seconds)).blows();

    assertThat(blows).extracting(Plan.Timed::atMs).isSorted();
    assertThat(blows).allMatch(each -> each.atMs() >= 0 && each.atMs() < seconds * 1_000L);
    assertThat(blows)
        .extracting(each -> each.blow().getClass().getSimpleName())
        .contains("Kill", "Freeze", "RestartBroker", "StopRegistry", "Fault");
  }

  @Test
  void shouldUseEveryFaultAndKillEveryProcessorInTheLongRun() {
    List<Blow> blows =
        Plan.of(1, Duration.ofMinutes(10)).blows().stream().map(Plan.Timed::blow).toList();

    assertThat(of(Blow.Fault.class, blows))
        .extracting(Blow.Fault::how)
        .containsAll(Arrays.asList(Misbehaviour.values()));
    assertThat(of(Blow.Kill.class, blows)).extracting(Blow.Kill::processor).contains(0, 1, 2);
  }

  @Test
  void shouldUseEveryFaultInAMinuteWhateverTheSeed() {
    for (long seed = 0; seed < 1_000; seed++) {
      List<Blow> blows = Plan.of(seed, MINUTE).blows().stream().map(Plan.Timed::blow).toList();

      assertThat(of(Blow.Fault.class, blows))
          .as("seed %d", seed)
          .extracting(Blow.Fault::how)
          .contains(Misbehaviour.values());
    }
  }

  private static <T extends Blow> Stream<T> of(Class<T> kind, List<Blow> blows) {
    return blows.stream().filter(kind::isInstance).map(kind::cast);
  }
}
