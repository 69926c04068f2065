package io.backstop.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * Reads a duration with a unit, {@code 100ms}, {@code 10s}, {@code 5m}, {@code 24h}, {@code 1d}, or
 * ISO {@code PT10S}.
 */
final class DurationConverter implements Converter<Duration> {
  static final String EXPECTED =
      "a duration with a unit (ms, s, m, h, d), such as 100ms, 10s or 24h";

  private static final long serialVersionUID = 1L;
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");

  @Override
  public Duration convert(String value) {
    var text = value.trim().toLowerCase(Locale.ROOT);
    var matcher = AMOUNT.matcher(text);
    if (matcher.matches()) {
      return amount(Long.parseLong(matcher.group(1)), matcher.group(2));
    }
    if (!text.startsWith("p")) {
      throw new IllegalArgumentException("'" + value + "' is not " + EXPECTED);
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("'" + value + "' is not " + EXPECTED, e);
    }
  }

  private static Duration amount(long number, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
