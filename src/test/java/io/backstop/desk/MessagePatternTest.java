package io.backstop.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagePatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP 503 after 1,250.5 ms | HTTP # after # ms",
        "deadline 2026-03-01T10:00:00.123Z passed | deadline # passed",
        "on 2026-03-01 at 10:00:00 | on # at #",
        "page 3f2504e0-4f89-11d3-9a0c-0305e82c3301 is gone | page # is gone",
        "page 3f2504e04f8911d39a0c0305e82c3301 is gone | page # is gone",
        "card 5f8Kd9Qx2LmN is gone | card # is gone",
        "no user Ann.O+x@example.org here | no user <email> here",
        "unknown field \"Owner\" of `Tasks` | unknown field '...' of '...'",
        "it isn't there, we can't help | it isn't there, we can't help",
        "list 'To do' isn't there | list '...' isn't there",
        "GET https://api.example.org/v1/pages/12345?cursor=abc failed"
            + " | GET https://api.example.org/v#/pages/# failed",
        "connect to 10.0.0.7:8080 refused | connect to # refused",
        "two   spaces | two spaces",
        "retry2 | retry#"
      })
  void shouldPutASignInThePlaceOfWhatDiffers(String message, String pattern) {
    assertThat(MessagePattern.of(message, List.of())).isEqualTo(pattern);
  }

  @Test
  void shouldPutASignInThePlaceOfTheRequestsOwnIds() {
    List<String> ids = List.of("order-a.b", "k", "nightly");

    assertThat(MessagePattern.of("order-a.b (nightly) is known, nightlybuild is not", ids))
        .isEqualTo("<id> (<id>) is known, nightlybuild is not");
  }

  @Property
  void shouldBeTheSameWithOtherNumbers(
      @ForAll("words") List<String> words, @ForAll long one, @ForAll @IntRange(min = 0) int other) {
    String first = String.join(" " + one + " ", words);
    String second = String.join(" " + other + " ", words);

    assertThat(pattern(first)).isEqualTo(pattern(second));
  }

  @Property
  void shouldBeTheSameWithOtherUuids(
      @ForAll("words") List<String> words, @ForAll long high, @ForAll long low) {
    String first = String.join(" " + new UUID(high, low) + " ", words);
    String second = String.join(" " + new UUID(low, high) + " ", words);

    assertThat(pattern(first)).isEqualTo(pattern(second));
  }

  @Property
  void shouldDifferWithOtherWords(
      @ForAll("words") List<String> one, @ForAll("words") List<String> other) {
    Assume.that(!one.equals(other));

    assertThat(pattern(String.join(" 7 ", one))).isNotEqualTo(pattern(String.join(" 7 ", other)));
  }

  @Property
  void shouldHaveNothingToAddToAPattern(@ForAll("words") List<String> words, @ForAll int number) {
    String pattern = pattern(String.join(" " + number + ": ", words));

    assertThat(pattern(pattern)).isEqualTo(pattern);
  }

  @Property
  void shouldTakeAnyText(@ForAll String text, @ForAll List<String> ids) {
    assertThatCode(() -> MessagePattern.of(text, ids)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "'", "\"", "1", "a1", "1a-", "@", "a.", "://", "f", " ", "://a", "?"})
  void shouldTakeNoLongerForHostileText(String part) {
    String message = part.repeat(100_000);

    Assertions.assertTimeout(
        Duration.ofSeconds(5), () -> MessagePattern.of(message, List.of(message)));
  }

  @Provide
  Arbitrary<List<String>> words() {
    return Arbitraries.strings()
        .withCharRange('g', 'z')
        .ofMinLength(1)
        .ofMaxLength(20)
        .list()
        .ofMinSize(1)
        .ofMaxSize(20);
  }

  private static String pattern(String message) {
    return MessagePattern.of(message, List.of());
  }
}
