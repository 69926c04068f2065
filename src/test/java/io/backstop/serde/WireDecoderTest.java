package io.backstop.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.serde.Decoded.SchemaUnknownYet;
import io.backstop.serde.Decoded.Undecodable;
import io.backstop.serde.Decoded.Value;
import io.backstop.serde.SchemaLookup.Found;
import io.backstop.serde.SchemaLookup.NotThere;
import io.backstop.serde.SchemaLookup.Unreachable;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WireDecoderTest {
  private static final String SUBJECT = "actions.requests-value";

  private final ScriptedRegistry server = new ScriptedRegistry();
  private final Registry registry = server.registry("backstop.registry.auto-register", "true");
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final WireDecoder<ActionRequest> decoder =
      new WireDecoder<>(ActionRequest.class, registry, () -> now);

  @AfterEach
  void close() {
    decoder.close();
  }

  private byte[] usualBytes() {
    return new WireEncoder<>(registry, "actions.requests", ActionRequest.class)
        .encode(SampleRequests.usual());
  }

  private SchemaLookup fetch(int schemaId) {
    return decoder.fetch(schemaId).orTimeout(10, TimeUnit.SECONDS).join();
  }

  private Decoded<ActionRequest> decodeFetched(byte[] value) {
    assertThat(fetch(WireFormat.schemaId(value))).isInstanceOf(Found.class);
    return decoder.decode(value);
  }

  private String reasonFor(byte[] value) {
    var decoded = decoder.decode(value);
    assertThat(decoded).isInstanceOf(Undecodable.class);
    return ((Undecodable<?>) decoded).reason();
  }

  private byte[] withSchema(Schema schema, int... body) {
    var header = WireFormat.header(server.add("foreign-value", schema));
    var value = Arrays.copyOf(header, header.length + body.length);
    for (int index = 0; index < body.length; index++) {
      value[header.length + index] = (byte) body[index];
    }
    return value;
  }

  private static Schema mutated(String from, String to) {
    var json = PlainSchema.of(ActionRequest.getClassSchema()).toString();
    assertThat(json).contains(from);
    return new Schema.Parser().parse(json.replace(from, to));
  }

  @Test
  void shouldDecodeWithoutTheRegistryOnceTheSchemaIsFetched() {
    var value = usualBytes();

    var first = decoder.decode(value);
    var fetched = fetch(WireFormat.schemaId(value));
    server.reachable = false;
    var second = decoder.decode(value);

    assertThat(first).isEqualTo(new SchemaUnknownYet<>(WireFormat.schemaId(value)));
    assertThat(fetched).isEqualTo(new Found());
    assertThat(second).isEqualTo(new Value<>(SampleRequests.usual()));
    assertThat(server.questions).hasValue(1);
  }

  @Test
  void shouldDecodeWhatConfluentsSerializerWrote() {
    try (var serializer = new KafkaAvroSerializer(server, registry.serializerProperties())) {
      var value = serializer.serialize("actions.requests", SampleRequests.usual());

      var decoded = decodeFetched(value);

      assertThat(decoded).isEqualTo(new Value<>(SampleRequests.usual()));
      assertThat(value).isEqualTo(usualBytes());
    }
  }

  @Test
  void shouldFetchAllVersionsOfASubjectAtStart() {
    var value = usualBytes();
    server.add(SUBJECT, mutated("\"name\":\"submitter\"", "\"name\":\"sender\""));

    var count = decoder.warmUp(SUBJECT).join();

    assertThat(count).isEqualTo(2);
    assertThat(decoder.decode(value)).isInstanceOf(Value.class);
  }

  @Test
  void shouldWaitForAnUnknownSchemaWhereWaitingIsAllowed() {
    var value = usualBytes();

    var decoded = decoder.decodeFetching(value, Duration.ofSeconds(10));

    assertThat(decoded).isEqualTo(new Value<>(SampleRequests.usual()));
  }

  @Test
  void shouldWaitNoLongerThanPatienceAllows() {
    var value = usualBytes();
    server.answersAfter = new CompletableFuture<>();

    var decoded = decoder.decodeFetching(value, Duration.ofMillis(50));
    server.answersAfter.complete(null);

    assertThat(decoded).isEqualTo(new SchemaUnknownYet<>(WireFormat.schemaId(value)));
  }

  @Test
  void shouldKeepTheSchemaUnknownWhenTheRegistryCannotBeAskedAndMendWhenItCan() {
    var value = usualBytes();
    server.reachable = false;

    var away = decoder.decodeFetching(value, Duration.ofSeconds(10));
    server.reachable = true;
    var back = decoder.decodeFetching(value, Duration.ofSeconds(10));

    assertThat(away).isInstanceOf(SchemaUnknownYet.class);
    assertThat(back).isInstanceOf(Value.class);
  }

  @Test
  void shouldStopWaitingWhenItsThreadIsInterrupted() {
    var value = usualBytes();
    server.answersAfter = new CompletableFuture<>();
    Thread.currentThread().interrupt();

    var decoded = decoder.decodeFetching(value, Duration.ofSeconds(10));
    server.answersAfter.complete(null);

    assertThat(decoded).isInstanceOf(SchemaUnknownYet.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void shouldTakeAMissingSubjectForNothingToWarmUp() {
    assertThat(decoder.warmUp("missing-value").join()).isZero();
  }

  @Test
  void shouldShareOneQuestionAmongCallsForTheSameId() {
    var schemaId = WireFormat.schemaId(usualBytes());
    server.answersAfter = new CompletableFuture<>();

    var first = decoder.fetch(schemaId);
    var second = decoder.fetch(schemaId);
    server.answersAfter.complete(null);

    assertThat(first.join()).isEqualTo(new Found());
    assertThat(second.join()).isEqualTo(new Found());
    assertThat(server.questions).hasValue(1);
  }

  @Test
  void shouldRememberForAWhileThatAnIdIsNotThere() {
    var value = new byte[] {0, 0, 0, 0, 17, 0};

    var lookup = fetch(17);

    assertThat(lookup).isInstanceOf(NotThere.class);
    assertThat(reasonFor(value))
        .startsWith("schema id 17 is not in the registry at " + ScriptedRegistry.URL + ": ")
        .endsWith("check that the producer uses the same registry");
    now = now.plus(Duration.ofSeconds(31));
    assertThat(decoder.decode(value)).isEqualTo(new SchemaUnknownYet<>(17));
  }

  @Test
  void shouldRememberNothingWhileTheRegistryIsUnreachable() {
    var value = usualBytes();
    var schemaId = WireFormat.schemaId(value);
    server.reachable = false;

    var lookup = fetch(schemaId);

    assertThat(lookup)
        .isEqualTo(
            new Unreachable(
                "schema id "
                    + schemaId
                    + " could not be fetched from the registry at "
                    + ScriptedRegistry.URL
                    + ": Connection refused"));
    assertThat(decoder.decode(value)).isEqualTo(new SchemaUnknownYet<>(schemaId));
    server.reachable = true;
    assertThat(decodeFetched(value)).isInstanceOf(Value.class);
  }

  @Test
  void shouldAnswerAFetchAfterItWasClosed() {
    decoder.close();

    assertThat(fetch(1)).isInstanceOf(Unreachable.class);
  }

  @Test
  void shouldExplainBytesThatAreNotInWireFormat() {
    assertThat(reasonFor(null)).contains("no value (null)").contains("type ActionRequest");
    assertThat(reasonFor(new byte[3]))
        .isEqualTo("3 bytes; a record in Confluent wire format has at least 6");
    assertThat(reasonFor(new byte[0])).startsWith("0 bytes;");
    assertThat(reasonFor(new byte[] {0, -1, -1, -1, -1, 0})).contains("schema id -1 is negative");
    assertThat(reasonFor("{\"a\":1}".getBytes(UTF_8)))
        .isEqualTo(
            "first byte is 0x7b, not 0x00: looks like JSON; publish with the Confluent Avro"
                + " serializer");
    assertThat(reasonFor("hello world".getBytes(UTF_8))).contains("0x68").contains("like text");
    assertThat(reasonFor(new byte[] {(byte) 0xc3, 1, 2, 3, 4, 5, 6})).contains("single-object");
  }

  @Test
  void shouldNameAForeignRecordType() {
    var order =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"com.acme\",\"fields\":[]}");

    var decoded = decodeFetched(withSchema(order, 0));

    assertThat(((Undecodable<?>) decoded).reason())
        .endsWith("record type com.acme.Order, not io.backstop.action.ActionRequest");
  }

  @Test
  void shouldRefuseAValueThatIsNoRecord() {
    var decoded = decodeFetched(withSchema(Schema.create(Schema.Type.STRING), 2, 'a'));

    assertThat(((Undecodable<?>) decoded).reason()).contains("a value of type string");
  }

  @Test
  void shouldNameTheFieldOfAnIncompatibleWriter() {
    var missing = mutated("\"name\":\"requestId\"", "\"name\":\"id\"");
    var nested =
        mutated("{\"name\":\"json\",\"type\":\"string\"", "{\"name\":\"json\",\"type\":\"int\"");

    var missingReason = (Undecodable<?>) decodeFetched(withSchema(missing, 0));
    var nestedReason = (Undecodable<?>) decodeFetched(withSchema(nested, 0));

    assertThat(missingReason.reason()).contains("required field requestId is missing");
    assertThat(nestedReason.reason())
        .contains("field payload can hold GenericPayload, which does not fit");
  }

  @Test
  void shouldReadAWriterWithAnotherFieldAndASymbolOfItsOwn() {
    var writer =
        mutated(
            "{\"name\":\"requestId\"",
            "{\"name\":\"extra\",\"type\":\"int\"},{\"name\":\"requestId\"");
    var value = usualBytes();
    var foreign = withSchema(writer, 14);
    var whole = Arrays.copyOf(foreign, foreign.length + value.length - 5);
    System.arraycopy(value, 5, whole, foreign.length, value.length - 5);

    var decoded = decodeFetched(whole);

    assertThat(decoded).isEqualTo(new Value<>(SampleRequests.usual()));
  }

  @Test
  void shouldRefuseARecordThatEndsEarlyAndOneThatGoesOn() {
    var value = usualBytes();
    fetch(WireFormat.schemaId(value));

    for (int length = 6; length < value.length; length++) {
      assertThat(reasonFor(Arrays.copyOf(value, length))).isNotBlank();
    }
    assertThat(reasonFor(Arrays.copyOf(value, value.length - 1))).contains("the record ends early");
    assertThat(reasonFor(Arrays.copyOf(value, value.length + 3)))
        .contains("3 bytes are left over after the record");
  }

  @Test
  void shouldNeverThrowWhateverTheBytesAre() {
    var value = usualBytes();
    fetch(WireFormat.schemaId(value));
    var random = new Random(7);

    for (int round = 0; round < 20_000; round++) {
      var mutated = value.clone();
      for (int change = 0; change <= random.nextInt(4); change++) {
        mutated[5 + random.nextInt(mutated.length - 5)] = (byte) random.nextInt();
      }
      var noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);

      assertThat(decoder.decode(mutated)).isNotNull();
      assertThat(decoder.decode(noise)).isNotNull();
    }
  }

  @Test
  @Timeout(10)
  void shouldRefuseHugeClaimsOfASmallRecordQuicklyAndCheaply() throws Exception {
    var schemaId = WireFormat.schemaId(usualBytes());
    fetch(schemaId);
    var hugeString = claim(schemaId, Integer.MAX_VALUE - 8L);
    var negativeString = claim(schemaId, -5);
    var hugeList = claim(schemaId, 1, 'r', 1, 'a', 1, 2, 0, 0, 0, 0, Integer.MAX_VALUE - 8L);

    for (int round = 0; round < 1_000; round++) {
      assertThat(reasonFor(hugeString)).isNotBlank();
      assertThat(reasonFor(negativeString)).contains("negative");
      assertThat(reasonFor(hugeList)).isNotBlank();
    }
  }

  @Test
  void shouldRefuseAWriterWhoseListItemsTakeNoBytes() {
    var writer =
        mutated(
            "{\"name\":\"requestId\"",
            "{\"name\":\"x\",\"type\":{\"type\":\"array\",\"items\":\"null\"},\"default\":[]},"
                + "{\"name\":\"requestId\"");

    var decoded = decodeFetched(withSchema(writer, 0));

    assertThat(((Undecodable<?>) decoded).reason()).contains("items that take no bytes");
  }

  private static byte[] claim(int schemaId, long... numbers) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.write(WireFormat.header(schemaId));
    var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    for (long number : numbers) {
      if (number >= 'a' && number <= 'z') {
        bytes.write((int) number);
      } else {
        encoder.writeLong(number);
      }
    }
    return bytes.toByteArray();
  }
}
