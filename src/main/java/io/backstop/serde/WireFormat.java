package io.backstop.serde;

import java.nio.ByteBuffer;

/** Confluent's wire format: a zero byte, the schema id in four bytes, the Avro binary. */
final class WireFormat {
  static final byte MAGIC = 0;
  static final int HEADER_SIZE = 5;

  private WireFormat() {}

  static byte[] header(int schemaId) {
    return ByteBuffer.allocate(HEADER_SIZE).put(MAGIC).putInt(schemaId).array();
  }

  static int schemaId(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getInt(1);
  }
}
