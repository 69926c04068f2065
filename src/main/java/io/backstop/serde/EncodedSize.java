package io.backstop.serde;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** How many bytes a record takes in Avro binary, found by writing it to nowhere. */
public final class EncodedSize {
  private EncodedSize() {}

  /** Without a header. */
  @SuppressWarnings("unchecked")
  public static long of(SpecificRecord value) {
    TrustedRecords.trust();
    SpecificData model = SpecificData.getForClass(value.getClass());
    var writer = (DatumWriter<SpecificRecord>) model.createDatumWriter(value.getSchema());
    Count count = new Count();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(count, null);
    try {
      writer.write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count.bytes;
  }

  private static final class Count extends OutputStream {
    private long bytes;

    @Override
    public void write(int oneByte) {
      bytes++;
    }

    @Override
    public void write(byte[] some, int offset, int length) {
      bytes += length;
    }
  }
}
