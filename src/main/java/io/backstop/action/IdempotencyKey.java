package io.backstop.action;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;

/**
 * The key under which a request is done once: given by the upstream, else the SHA-256 of action and
 * canonical payload. Canonical means: each field that differs from its default, by name, in schema
 * order, maps sorted; so a field added later with a default does not change the key of an old
 * request.
 */
public final class IdempotencyKey {
  private static final HexFormat HEX = HexFormat.of();
  private static final SpecificData DATA = SpecificData.get();

  private IdempotencyKey() {}

  public static String of(ActionRequest request) {
    String given = request.getIdempotencyKey();
    return given != null ? given : payloadHash(request);
  }

  /** The key that a request has when its upstream gives none, whether it gives one or not. */
  public static String payloadHash(ActionRequest request) {
    MessageDigest digest = sha256();
    text(digest, request.getAction());
    value(digest, request.getPayload());
    return HEX.formatHex(digest.digest());
  }

  private static void value(MessageDigest digest, Object value) {
    if (value == null) {
      digest.update((byte) 'n');
    } else if (value instanceof IndexedRecord fields) {
      fields(digest, fields);
    } else if (value instanceof Map<?, ?> map) {
      digest.update((byte) 'm');
      for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
        text(digest, entry.getKey().toString());
        value(digest, entry.getValue());
      }
      digest.update((byte) '.');
    } else if (value instanceof List<?> list) {
      digest.update((byte) 'a');
      for (Object item : list) {
        value(digest, item);
      }
      digest.update((byte) '.');
    } else if (value instanceof ByteBuffer bytes) {
      digest.update((byte) 'b');
      length(digest, bytes.remaining());
      digest.update(bytes.duplicate());
    } else {
      // Boolean, Long, Double, Instant and enums have one text each; the type keeps "1" and 1 apart
      digest.update((byte) value.getClass().getSimpleName().charAt(0));
      text(digest, value.toString());
    }
  }

  private static void fields(MessageDigest digest, IndexedRecord fields) {
    Schema schema = fields.getSchema();
    digest.update((byte) 'r');
    text(digest, schema.getName());
    for (Schema.Field field : schema.getFields()) {
      Object value = fields.get(field.pos());
      if (!isDefault(field, value)) {
        text(digest, field.name());
        value(digest, value);
      }
    }
    digest.update((byte) '.');
  }

  private static boolean isDefault(Schema.Field field, Object value) {
    if (!field.hasDefaultValue()) {
      return false;
    }
    if (value == null || value instanceof List<?> || value instanceof Map<?, ?>) {
      // our schemas default these to null and empty only
      return value == null
          || value instanceof List<?> list && list.isEmpty()
          || value instanceof Map<?, ?> map && map.isEmpty();
    }
    return !field.schema().isUnion() && value.equals(DATA.getDefaultValue(field));
  }

  private static void text(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    length(digest, bytes.length);
    digest.update(bytes);
  }

  private static void length(MessageDigest digest, int length) {
    digest.update((byte) (length >>> 24));
    digest.update((byte) (length >>> 16));
    digest.update((byte) (length >>> 8));
    digest.update((byte) length);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
