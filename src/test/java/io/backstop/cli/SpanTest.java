package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {
  @ParameterizedTest
  @CsvSource({
    "-PT5S, 0s",
    "PT0.9S, 0s",
    "PT59S, 59s",
    "PT1M, 1m 0s",
    "PT2M13S, 2m 13s",
    "PT3H5M59S, 3h 5m",
    "P4DT2H, 4d 2h"
  })
  void shouldNameTheTwoLargestUnits(Duration length, String expected) {
    assertThat(Span.of(length)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "-PT5S, now",
    "PT0S, now",
    "PT0.001S, in 1 s",
    "PT12S, in 12 s",
    "PT59.5S, in 1m 0s",
    "PT2M13S, in 2m 13s"
  })
  void shouldRoundUpWhatIsStillToWait(Duration length, String expected) {
    assertThat(Span.until(length)).isEqualTo(expected);
  }
}
