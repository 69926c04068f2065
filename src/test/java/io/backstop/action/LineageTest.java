package io.backstop.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineageTest {
  private static final Lineage LINEAGE =
      new Lineage("op-1", 2, Optional.of("parent"), Optional.of("root"), 3, true);

  @Property
  void shouldReadWhatItWroteAmongOtherHeaders(
      @ForAll("lineages") Lineage lineage, @ForAll("lineages") Lineage older) {
    List<RecordHeader> headers = lineage.stamp(older.stamp(List.of(header("tenant", "blue"))));

    assertThat(Lineage.of(headers)).contains(lineage);
    assertThat(headers).contains(header("tenant", "blue"));
    assertThat(RecordHeaders.without(headers, Lineage.PREFIX)).hasSize(1);
  }

  @Provide
  Arbitrary<Lineage> lineages() {
    Arbitrary<String> ids = Arbitraries.strings().alpha().numeric().ofMinLength(1);
    return Combinators.combine(
            ids,
            Arbitraries.integers().between(1, 999_999_999),
            ids.optional(),
            ids.optional(),
            Arbitraries.integers().between(0, 999_999_999),
            Arbitraries.of(true, false))
        .as(Lineage::new);
  }

  @Test
  void shouldBeNoneOfARequestThatWasNotReplayed() {
    OriginalRecord original = original(List.of(header("tenant", "blue")));

    assertThat(Lineage.of(original.getHeaders())).isEmpty();
    assertThat(Lineage.generation(original)).isZero();
  }

  @Test
  void shouldTellTheGenerationOfARecord() {
    assertThat(Lineage.generation(original(LINEAGE.stamp(List.of())))).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "id, ''",
    "id, '  '",
    "generation, 0",
    "generation, -1",
    "generation, two",
    "generation, 99999999999",
    "generation, ''",
    "desk, -1",
    "desk, x",
    "desk, ''",
    "parent, ' '",
    "root, ''"
  })
  void shouldTakeGarbledHeadersForNone(String name, String value) {
    List<RecordHeader> headers = new java.util.ArrayList<>(LINEAGE.stamp(List.of()));
    headers.add(header(Lineage.PREFIX + name, value));

    assertThat(Lineage.of(headers)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"id", "generation", "desk"})
  void shouldTakeIncompleteHeadersForNone(String missing) {
    List<RecordHeader> headers =
        RecordHeaders.without(LINEAGE.stamp(List.of()), Lineage.PREFIX + missing);

    assertThat(Lineage.of(headers)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"id", "parent", "root"})
  void shouldTakeIdsThatNoDeskWouldWriteForNone(String name) {
    List<RecordHeader> headers = new java.util.ArrayList<>(LINEAGE.stamp(List.of()));
    headers.add(header(Lineage.PREFIX + name, "x".repeat(100_000)));

    assertThat(Lineage.of(headers)).isEmpty();
  }

  @Test
  void shouldGiveLettersOfReplaysIdsOfTheirOwn() {
    OriginalRecord first = original(List.of());
    OriginalRecord replayed = original(LINEAGE.stamp(List.of()));

    assertThat(DeadLetterId.of(first)).isEqualTo("actions.requests-1-7");
    assertThat(DeadLetterId.of(replayed)).isEqualTo("actions.requests-1-7~2");
  }

  private static OriginalRecord original(List<RecordHeader> headers) {
    return new OriginalRecord("actions.requests", 1, 7L, 0L, null, null, headers);
  }

  private static RecordHeader header(String name, String value) {
    return new RecordHeader(name, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
  }
}
