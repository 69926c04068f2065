package io.backstop.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes a fixed header and a record's Avro binary. Safe for use by several threads, each with its
 * own buffer.
 */
final class RecordEncoder<T extends SpecificRecord> {
  private static final int START_SIZE = 1024;
  private static final int LARGEST_KEPT = 64 * 1024;

  private final byte[] header;
  private final DatumWriter<T> writer;
  private final ThreadLocal<Buffer> buffers = ThreadLocal.withInitial(Buffer::new);

  private static final class Buffer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(START_SIZE);
    private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
  }

  @SuppressWarnings("unchecked")
  RecordEncoder(Class<T> type, byte[] header) {
    TrustedRecords.trust();
    this.header = header.clone();
    var model = SpecificData.getForClass(type);
    this.writer = (DatumWriter<T>) model.createDatumWriter(model.getSchema(type));
  }

  byte[] encode(T value) {
    var buffer = buffers.get();
    var whole = false;
    try {
      buffer.bytes.writeBytes(header);
      writer.write(value, buffer.encoder);
      buffer.encoder.flush();
      var encoded = buffer.bytes.toByteArray();
      whole = encoded.length <= LARGEST_KEPT;
      return encoded;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (whole) {
        buffer.bytes.reset();
      } else {
        buffers.remove();
      }
    }
  }
}
