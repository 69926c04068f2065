package io.backstop.cli;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A place in a topic, {@code 3:1700} on the command line. */
record PartitionOffset(int partition, long offset) {

  /** Refuses what is no such place. */
  static final class Converter implements ITypeConverter<PartitionOffset> {
    @Override
    public PartitionOffset convert(String value) {
      if (!value.matches("\\d{1,5}:\\d{1,18}")) {
        throw new TypeConversionException("'" + value + "' is no PARTITION:OFFSET, such as 0:1700");
      }
      int colon = value.indexOf(':');
      return new PartitionOffset(
          Integer.parseInt(value.substring(0, colon)), Long.parseLong(value.substring(colon + 1)));
    }
  }

  /**
   * By partition.
   *
   * @throws IllegalArgumentException when a partition is named twice
   */
  static Map<Integer, Long> byPartition(Collection<PartitionOffset> places) {
    Map<Integer, Long> offsets = new TreeMap<>();
    for (PartitionOffset each : places) {
      if (offsets.put(each.partition, each.offset) != null) {
        throw new IllegalArgumentException("partition " + each.partition + " is named twice");
      }
    }
    return offsets;
  }
}
