package io.backstop.config;

import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads a size with a unit: {@code 900KB}, {@code 1MB}; 1 KB is 1,024 bytes. */
public final class ByteSizeConverter implements Converter<Integer> {
  private static final long serialVersionUID = 1L;
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(B|KB|MB)");

  @Override
  public Integer convert(String value) {
    var matcher = SIZE.matcher(value.trim().toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + value + "' is not a size: write a whole number and B, KB or MB, for example 900KB");
    }
    long unit =
        switch (matcher.group(2)) {
          case "KB" -> 1024;
          case "MB" -> 1024 * 1024;
          default -> 1;
        };
    return Math.toIntExact(Long.parseLong(matcher.group(1)) * unit);
  }
}
