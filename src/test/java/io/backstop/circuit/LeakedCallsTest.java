package io.backstop.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeakedCallsTest {
  private final LeakedCalls leaked = new LeakedCalls();

  @Test
  void shouldCountCallsThatStartedAfterTheOpeningAndEndedBeforeTheNews() {
    leaked.ended(90);
    leaked.ended(110);
    leaked.ended(120);

    assertThat(leaked.stopped(100)).isEqualTo(2);
  }

  @Test
  void shouldCountCallsThatEndAfterTheNews() {
    leaked.stopped(100);

    assertThat(leaked.ended(95)).isFalse();
    assertThat(leaked.ended(105)).isTrue();
  }

  @Test
  void shouldCountNoCallTwiceWhenTheCircuitOpensAgainAfterProbes() {
    leaked.ended(110);
    leaked.stopped(100);

    assertThat(leaked.stopped(105)).isZero();
  }

  @Test
  void shouldCountNothingOnceCallsAreLetThroughAgain() {
    leaked.stopped(100);
    leaked.letsThrough();

    assertThat(leaked.ended(200)).isFalse();
  }

  @Test
  void shouldRememberTheLastOnesOnly() {
    for (int call = 0; call < 5_000; call++) {
      leaked.ended(1_000 + call);
    }

    assertThat(leaked.stopped(0)).isEqualTo(1_024);
  }
}
