package io.backstop.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PausesTest {

  @Test
  void shouldFindTheLongestPauseWhateverTheOrderInWhichResultsWereNoted() {
    long[] nanos = {14_000_000_000L, 1_000_000_000L, 2_000_000_000L, 15_000_000_000L};

    assertThat(Pauses.longestSeconds(nanos)).isEqualTo(12.0);
  }

  @Test
  void shouldFindNoPauseInASingleResult() {
    assertThat(Pauses.longestSeconds(new long[] {7})).isZero();
  }
}
