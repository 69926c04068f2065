package io.backstop.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.backstop.action.ActionRequest;
import io.backstop.action.FilePayload;
import io.backstop.action.PayloadFamily;
import io.backstop.action.PolicyOverrides;
import io.backstop.action.Priority;
import io.backstop.action.TablePayload;
import io.backstop.action.TaskPayload;
import io.backstop.serde.AvroJson;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AvroJsonPropertyTest {
  private static final String ACTION = "any:thing";

  @Property(tries = 300)
  void shouldReadBackWhatItWrote(@ForAll("requests") ActionRequest request) throws Exception {
    var family = PayloadFamily.of(request.getPayload());
    var parser = new RequestParser(new ActionFamilies(Map.of(ACTION, family)), () -> "unused");

    var line = AvroJson.of(request).toString();
    var parsed = parser.parse(line);

    assertThat(parsed.request()).isEqualTo(request);
    assertThat(line).doesNotContain("\n");
  }

  @Property(tries = 300)
  void shouldAnswerAnyTextWithARequestOrAMessage(@ForAll String text) {
    var parser = new RequestParser(new ActionFamilies(Map.of()), () -> "made");

    String answer;
    try {
      answer = parser.parse(text).key();
    } catch (InvalidRequestException e) {
      answer = e.getMessage();
    }

    assertThat(answer).isNotBlank();
  }

  @Property(tries = 300)
  void shouldAnswerAnyMutatedRequestWithARequestOrAMessage(
      @ForAll("requests") ActionRequest request, @ForAll int where, @ForAll char with)
      throws Exception {
    var parser = new RequestParser(new ActionFamilies(Map.of()), () -> "made");
    var line = new StringBuilder(AvroJson.of(request).toString());
    line.setCharAt(Math.floorMod(where, line.length()), with);

    String answer;
    try {
      answer = parser.parse(line.toString()).key();
    } catch (InvalidRequestException e) {
      answer = e.getMessage();
    }

    assertThat(answer).isNotNull();
  }

  @Property(tries = 100)
  void shouldWriteJsonThatAnyReaderTakes(@ForAll("requests") ActionRequest request)
      throws Exception {
    var json = AvroJson.of(request);

    assertThat(new ObjectMapper().readTree(json.toString())).isNotNull();
  }

  @Provide
  Arbitrary<ActionRequest> requests() {
    return Combinators.combine(
            text(), payloads(), text().injectNull(0.3), instants().injectNull(0.3), policies())
        .as(
            (id, payload, key, deadline, policy) ->
                ActionRequest.newBuilder()
                    .setRequestId(id)
                    .setAction(ACTION)
                    .setPayload(payload)
                    .setIdempotencyKey(key)
                    .setPriority(Priority.LOW)
                    .setDeadline(deadline)
                    .setPolicy(policy)
                    .build());
  }

  private static Arbitrary<Object> payloads() {
    return Arbitraries.oneOf(tasks(), files(), tables());
  }

  private static Arbitrary<Object> tasks() {
    var maps = Arbitraries.maps(text(), text()).ofMaxSize(3).map(TreeMap::new);
    return Combinators.combine(text().injectNull(0.3), text().list().ofMaxSize(3), maps, instants())
        .as(
            (title, labels, properties, due) ->
                TaskPayload.newBuilder()
                    .setTitle(title)
                    .setLabels(labels)
                    .setProperties(properties)
                    .setDueAt(due)
                    .build());
  }

  private static Arbitrary<Object> files() {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMaxSize(50)
        .map(bytes -> FilePayload.newBuilder().setContent(ByteBuffer.wrap(bytes)).build());
  }

  private static Arbitrary<Object> tables() {
    Arbitrary<Object> cell =
        Arbitraries.<Object>oneOf(
                text(),
                Arbitraries.longs(),
                Arbitraries.doubles().between(-1e9, 1e9),
                Arbitraries.of(true, false))
            .injectNull(0.1);
    Arbitrary<List<List<Object>>> rows = cell.list().ofMaxSize(4).list().ofMaxSize(3);
    return rows.map(each -> TablePayload.newBuilder().setRows(each).build());
  }

  private static Arbitrary<PolicyOverrides> policies() {
    return text()
        .map(text -> PolicyOverrides.newBuilder().setDefaultValue(text).build())
        .injectNull(0.5);
  }

  private static Arbitrary<Instant> instants() {
    return Arbitraries.longs().between(0, 4_102_444_800_000L).map(Instant::ofEpochMilli);
  }

  /** No lone surrogates: they are no text. */
  private static Arbitrary<String> text() {
    return Arbitraries.strings().withCharRange('\u0000', '\uD7FF').ofMaxLength(12);
  }
}
