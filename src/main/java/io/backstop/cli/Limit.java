package io.backstop.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How many records to print at most.
 *
 * @param count 1 to 1,000,000
 */
record Limit(int count) {
  private static final int MOST = 1_000_000;

  /** Refuses what is no such number. */
  static final class Converter implements ITypeConverter<Limit> {
    @Override
    public Limit convert(String value) {
      try {
        int count = Integer.parseInt(value);
        if (count >= 1 && count <= MOST) {
          return new Limit(count);
        }
      } catch (NumberFormatException e) {
        // the same message as for a number out of range
      }
      throw new TypeConversionException("'" + value + "' is no number from 1 to " + MOST);
    }
  }
}
