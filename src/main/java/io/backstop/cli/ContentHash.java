package io.backstop.cli;

import io.backstop.action.ActionRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/** Record key of a request without an idempotency key: equal content has an equal key. */
final class ContentHash {
  private ContentHash() {}

  /**
   * SHA-256 in hex of action, payload family and payload. Maps in the payload must be sorted, as
   * {@link AvroFromJson} makes them.
   */
  static String of(ActionRequest request) {
    var payload = (SpecificRecordBase) request.getPayload();
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(request.getAction().getBytes(StandardCharsets.UTF_8));
    bytes.write(0);
    bytes.writeBytes(payload.getSchema().getName().getBytes(StandardCharsets.UTF_8));
    bytes.write(0);
    try {
      var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
      var model = payload.getSpecificData();
      new SpecificDatumWriter<>(payload.getSchema(), model).write(payload, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(sha256().digest(bytes.toByteArray()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
