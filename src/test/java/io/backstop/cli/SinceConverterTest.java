package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SinceConverterTest {
  private final SinceConverter converter =
      new SinceConverter(InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z")));

  @ParameterizedTest
  @CsvSource({
    "30s, 2026-11-22T11:59:30Z",
    "10m, 2026-11-22T11:50:00Z",
    "2h, 2026-11-22T10:00:00Z",
    "1d, 2026-11-21T12:00:00Z",
    "2026-11-20T13:00:00+01:00, 2026-11-20T12:00:00Z"
  })
  void shouldReadATimeOrHowLongAgo(String text, Instant expected) {
    assertThat(converter.convert(text).instant()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "m", "-5m", "10 m", "yesterday", "2026-11-22", "9999999999d"})
  void shouldRefuseWhatIsNoTime(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> converter.convert(text))
        .withMessageContaining("write 10m");
  }
}
