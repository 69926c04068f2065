package io.backstop.serde;

/** What is wrong with bytes that are not in Confluent's wire format. */
final class WireProblem {
  private static final int SMALLEST = WireFormat.HEADER_SIZE + 1;

  private WireProblem() {}

  /**
   * For a person; null when the bytes may be a record.
   *
   * @param typeName of the record that is expected
   */
  static String of(byte[] value, String typeName) {
    if (value == null) {
      return "the record has no value (null); publish a record of type " + typeName;
    } else if (value.length > 0 && value[0] != WireFormat.MAGIC) {
      return "first byte is 0x%02x, not 0x00%s; publish with the Confluent Avro serializer"
          .formatted(value[0], resemblance(value[0]));
    } else if (value.length < SMALLEST) {
      return "%d bytes; a record in Confluent wire format has at least %d"
          .formatted(value.length, SMALLEST);
    } else if (WireFormat.schemaId(value) < 0) {
      return "schema id %d is negative; publish with the Confluent Avro serializer"
          .formatted(WireFormat.schemaId(value));
    }
    return null;
  }

  private static String resemblance(byte first) {
    if (first == '{' || first == '[' || first == '"') {
      return ": looks like JSON";
    } else if (first >= ' ' && first < 0x7f) {
      return ": looks like text";
    }
    return first == (byte) 0xc3 ? ": looks like Avro single-object encoding" : "";
  }
}
