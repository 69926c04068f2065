package io.backstop.cli;

import io.backstop.client.Start;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 10m}, {@code 2h} (ago) or an ISO 8601 time. */
final class SinceConverter implements ITypeConverter<Start.Since> {
  private static final Pattern AGO = Pattern.compile("(\\d{1,9})([smhd])");
  private final InstantSource clock;

  SinceConverter() {
    this(InstantSource.system());
  }

  SinceConverter(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Start.Since convert(String value) {
    var ago = AGO.matcher(value);
    if (ago.matches()) {
      long amount = Long.parseLong(ago.group(1));
      return new Start.Since(clock.instant().minus(duration(amount, ago.group(2))));
    }
    try {
      return new Start.Since(OffsetDateTime.parse(value).toInstant());
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'" + value + "' is no time: write 10m, 2h, 1d (ago) or 2026-11-22T12:00:00Z");
    }
  }

  private static Duration duration(long amount, String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
