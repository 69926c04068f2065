package io.backstop.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyLogTest {

  @Test
  void shouldRecogniseEveryKeyOfTheLastGeneration() {
    KeyLog log = new KeyLog(1000);
    for (long i = 0; i < 5000; i++) {
      assertThat(log.add(KeyHash.mix(i))).isTrue();
    }

    for (long i = 4000; i < 5000; i++) {
      assertThat(log.add(KeyHash.mix(i))).isFalse();
    }
  }

  @Test
  void shouldForgetKeysThatAreTwoGenerationsOld() {
    KeyLog log = new KeyLog(10);
    for (long i = 0; i < 30; i++) {
      log.add(KeyHash.mix(i));
    }

    assertThat(log.add(KeyHash.mix(0))).isTrue();
  }

  @Test
  void shouldTakeZeroForAKey() {
    KeyLog log = new KeyLog(10);

    assertThat(log.add(0)).isTrue();
    assertThat(log.add(0)).isFalse();
  }
}
