package io.backstop.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a share of a whole: {@code 20%} or {@code 0.2}, from 0 to 1. */
final class ShareConverter implements ITypeConverter<Double> {
  @Override
  public Double convert(String value) {
    boolean percent = value.endsWith("%");
    try {
      double number = Double.parseDouble(percent ? value.substring(0, value.length() - 1) : value);
      double share = percent ? number / 100 : number;
      if (share >= 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      // the same message as for a number out of range
    }
    throw new TypeConversionException(
        "'" + value + "' is no share: write 20% or 0.2, from 0 to 100%");
  }
}
