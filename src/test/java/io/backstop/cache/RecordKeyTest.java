package io.backstop.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RecordKeyTest {

  @Property(tries = 500)
  void shouldStayBelowOneKilobyteAndTellKeysApart(
      @ForAll @StringLength(max = 3_000) String one,
      @ForAll @StringLength(max = 3_000) String other) {
    String key = RecordKey.ofGiven("notion:query", one);

    assertThat(key.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_024);
    assertThat(key).isNotEqualTo(RecordKey.ofGiven("gmail:search", one));
    assertThat(key.equals(RecordKey.ofGiven("notion:query", other))).isEqualTo(one.equals(other));
  }

  @Property(tries = 300)
  void shouldNeverTakeAnEntryForAMark(@ForAll @StringLength(max = 50) String text) {
    String key = RecordKey.ofGiven("notion:query", text);

    assertThat(RecordKey.isValid(key)).isTrue();
    assertThat(RecordKey.isMark(key)).isFalse();
    assertThat(RecordKey.scope(key)).isEqualTo("notion:query");
  }

  @Test
  void shouldKnowWhatAMarkIsAbout() {
    assertThat(RecordKey.isMark(RecordKey.ofMark(RecordKey.ALL))).isTrue();
    assertThat(RecordKey.isMark(RecordKey.ofMark("notion:query"))).isTrue();
    assertThat(RecordKey.scope("*")).isEqualTo("*");
    assertThat(RecordKey.scope("* notion:query")).isEqualTo("notion:query");
    assertThat(RecordKey.isValid("*")).isTrue();
    assertThat(RecordKey.isValid("nonsense")).isFalse();
    assertThat(RecordKey.isValid("")).isFalse();
    assertThat(RecordKey.isValid(" x")).isFalse();
  }

  @Property(tries = 500)
  void shouldCountBytesAsTheEncodingDoes(@ForAll String text) {
    assertThat(EntrySize.utf8(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void shouldCountThePairsOfSurrogatesToo() {
    assertThat(EntrySize.utf8("aé€😀")).isEqualTo(1 + 2 + 3 + 4);
  }
}
