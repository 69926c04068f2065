package io.backstop.torture;

import io.backstop.action.ActionRequest;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Requests as an upstream writes them whose schema is newer: one optional field more at the end. A
 * processor that runs has not seen its id.
 */
final class NewerSchema {
  /** Of the wire format: a zero byte, then the id of the schema. */
  private static final byte MAGIC = 0;

  /** The branch "null" of the additional field. */
  private static final byte ABSENT = 0;

  private final SchemaRegistryClient client;
  private final String subject;
  private int version;
  private volatile int id;

  NewerSchema(SchemaRegistryClient client, String subject) {
    this.client = client;
    this.subject = subject;
  }

  /** Another version at each call. */
  void register() {
    version++;
    try {
      id = client.register(subject, new AvroSchema(withField("addedInTorture" + version)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RestClientException e) {
      throw new IllegalStateException("the registry refuses a newer schema", e);
    }
  }

  byte[] encode(ActionRequest request) {
    var out = new ByteArrayOutputStream();
    out.write(MAGIC);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    try {
      new SpecificDatumWriter<>(ActionRequest.class).write(request, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.write(ABSENT);
    return out.toByteArray();
  }

  private static Schema withField(String name) {
    Schema known = ActionRequest.getClassSchema();
    List<Schema.Field> fields = new ArrayList<>();
    known.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
    Schema optional =
        Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING));
    fields.add(new Schema.Field(name, optional, "", Schema.Field.NULL_DEFAULT_VALUE));
    return Schema.createRecord(
        known.getName(), known.getDoc(), known.getNamespace(), false, fields);
  }
}
