package io.backstop.serde;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/** Reads the Avro binary that one writer schema wrote. Safe for use by several threads. */
final class RecordDecoder<T extends SpecificRecord> {
  private final DatumReader<T> reader;
  private final ThreadLocal<BinaryDecoder> decoders = new ThreadLocal<>();

  RecordDecoder(Class<T> type, Schema writerSchema) {
    TrustedRecords.trust();
    var model = SpecificData.getForClass(type);
    this.reader = new SpecificDatumReader<>(writerSchema, model.getSchema(type), model);
  }

  /**
   * @param offset where the record begins in {@code bytes}; it must end with them
   * @throws TrailingBytesException when bytes are left over
   * @throws IOException when the bytes end early
   * @throws RuntimeException of many kinds when the bytes are no such record
   */
  T decode(byte[] bytes, int offset) throws IOException {
    var length = bytes.length - offset;
    var decoder = DecoderFactory.get().binaryDecoder(bytes, offset, length, decoders.get());
    decoders.set(decoder);
    var value = reader.read(null, decoder);
    if (!decoder.isEnd()) {
      throw new TrailingBytesException(decoder.inputStream().available());
    }
    return value;
  }

  /** The record is there, and then something else. */
  static final class TrailingBytesException extends IOException {
    private static final long serialVersionUID = 1L;

    private TrailingBytesException(int count) {
      super(count + " bytes are left over after the record");
    }
  }
}
