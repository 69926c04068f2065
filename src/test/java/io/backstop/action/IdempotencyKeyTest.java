package io.backstop.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IdempotencyKeyTest {

  @Test
  void shouldUseTheKeyThatTheUpstreamGave() {
    var request = ActionRequest.newBuilder(of(task("a"))).setIdempotencyKey("mine").build();

    assertThat(IdempotencyKey.of(request)).isEqualTo("mine");
  }

  /** A change of these is a change for everything that is in flight or remembered. */
  @Test
  void shouldDeriveTheSameKeysForEver() {
    var task =
        TaskPayload.newBuilder()
            .setTitle("Büro")
            .setDueAt(Instant.ofEpochMilli(1_772_000_000_123L))
            .setLabels(List.of("a", "b"))
            .setProperties(new TreeMap<>(Map.of("y", "2", "x", "1")))
            .build();
    var file =
        FilePayload.newBuilder()
            .setName("f")
            .setContent(ByteBuffer.wrap(new byte[] {1, 2, 3}))
            .build();

    assertThat(IdempotencyKey.of(of(task)))
        .isEqualTo("9ef5ec098928abf27f8126860c07676621d05154c11eb152342d9f87a87b741d");
    assertThat(IdempotencyKey.of(of(file)))
        .isEqualTo("60f297aa1b30dec596aa777e576ddaa9f2a48f72d0185d0f3890b771521131f4");
  }

  @Test
  void shouldNotDependOnAnythingButActionAndPayload() {
    var one = of(task("a"));
    var other =
        ActionRequest.newBuilder(one)
            .setRequestId("another")
            .setPriority(Priority.HIGH)
            .setSubmitter("someone")
            .setDeadline(Instant.EPOCH)
            .build();
    var elsewhere = ActionRequest.newBuilder(one).setAction("trello:createCard").build();

    assertThat(IdempotencyKey.of(other)).isEqualTo(IdempotencyKey.of(one));
    assertThat(IdempotencyKey.of(elsewhere)).isNotEqualTo(IdempotencyKey.of(one));
  }

  @Test
  void shouldHashThePayloadWhateverKeyWasGiven() {
    var without = of(task("a"));
    var with = ActionRequest.newBuilder(without).setIdempotencyKey("mine").build();

    assertThat(IdempotencyKey.payloadHash(with))
        .isEqualTo(IdempotencyKey.payloadHash(without))
        .isEqualTo(IdempotencyKey.of(without));
  }

  @Test
  void shouldTakeADefaultForTheSameLeftOutOrGiven() {
    var leftOut = QueryPayload.newBuilder().setQuery("q").build();
    var given = QueryPayload.newBuilder().setQuery("q").setLimit(50).setCursor(null).build();
    var another = QueryPayload.newBuilder().setQuery("q").setLimit(51).build();

    assertThat(key(leftOut)).isEqualTo(key(given)).isNotEqualTo(key(another));
  }

  @Test
  void shouldTellFieldsAndFamiliesWithTheSameValueApart() {
    assertThat(
            List.of(
                key(task("x")),
                key(TaskPayload.newBuilder().setDescription("x").build()),
                key(TaskPayload.newBuilder().setTitle("").build()),
                key(TaskPayload.newBuilder().build()),
                key(TaskPayload.newBuilder().setLabels(List.of("a", "b")).build()),
                key(TaskPayload.newBuilder().setLabels(List.of("ab")).build()),
                key(TaskPayload.newBuilder().setLabels(List.of("b", "a")).build()),
                key(TaskPayload.newBuilder().setAssignees(List.of("ab")).build()),
                key(TaskPayload.newBuilder().setProperties(Map.of("ab", "")).build()),
                key(TaskPayload.newBuilder().setProperties(Map.of("a", "b")).build()),
                key(MessagePayload.newBuilder().setText("x").build())))
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldNotConsumeTheBytesItReads() {
    var content = ByteBuffer.wrap(new byte[] {1, 2, 3});
    var file = FilePayload.newBuilder().setName("f").setContent(content).build();

    String first = key(file);

    assertThat(key(file)).isEqualTo(first);
    assertThat(content.remaining()).isEqualTo(3);
  }

  @Property
  void shouldNotDependOnTheOrderOfAMap(@ForAll @Size(max = 8) Map<String, String> properties) {
    var backwards = new LinkedHashMap<String, String>();
    var sorted = new TreeMap<>(properties);
    sorted.descendingMap().forEach(backwards::put);

    assertThat(key(TaskPayload.newBuilder().setProperties(backwards).build()))
        .isEqualTo(key(TaskPayload.newBuilder().setProperties(sorted).build()));
  }

  @Property
  void shouldDifferWhereATitleDiffers(@ForAll String one, @ForAll String other) {
    assertThat(key(task(one)).equals(key(task(other)))).isEqualTo(utf8(one).equals(utf8(other)));
  }

  private static ByteBuffer utf8(String text) {
    return java.nio.charset.StandardCharsets.UTF_8.encode(text);
  }

  private static TaskPayload task(String title) {
    return TaskPayload.newBuilder().setTitle(title).build();
  }

  private static String key(Object payload) {
    return IdempotencyKey.of(of(payload));
  }

  private static ActionRequest of(Object payload) {
    return ActionRequest.newBuilder()
        .setRequestId("r-1")
        .setAction("notion:createPage")
        .setPayload(payload)
        .build();
  }
}
