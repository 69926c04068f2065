package io.backstop.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterSetTest {

  @Property
  void shouldBeTheSameInWhateverOrderAndParts(
      @ForAll @Size(max = 50) Set<@AlphaChars @StringLength(min = 1, max = 20) String> ids,
      @ForAll Random random) {
    List<String> shuffled = new ArrayList<>(ids);
    Collections.shuffle(shuffled, random);
    int half = shuffled.size() / 2;

    LetterSet whole = of(new ArrayList<>(ids));
    LetterSet inParts =
        of(shuffled.subList(half, shuffled.size())).and(of(shuffled.subList(0, half)));

    assertThat(inParts).isEqualTo(whole);
    assertThat(whole.count()).isEqualTo(ids.size());
  }

  @Property
  void shouldDifferWhenOneLetterIsAnother(
      @ForAll @Size(min = 1, max = 20) Set<@AlphaChars @StringLength(min = 1) String> ids) {
    List<String> others = new ArrayList<>(ids);
    others.set(0, others.get(0) + "~1");

    assertThat(of(others).hash()).isNotEqualTo(of(new ArrayList<>(ids)).hash());
  }

  @Property
  void shouldReadItsHashAgain(@ForAll long count, @ForAll long high, @ForAll long low) {
    LetterSet set = new LetterSet(count, high, low);

    assertThat(LetterSet.of(count, set.hash())).isEqualTo(set);
    assertThat(set.hash()).hasSize(32);
  }

  @Test
  void shouldHaveAHashThatOtherProgramsCanMake() {
    // printf actions.requests-0-1 | sha256sum
    assertThat(LetterSet.EMPTY.with("actions.requests-0-1").hash())
        .isEqualTo("9a8bb45c8f296d72eeb9dbabbe308f42");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0123456789abcdef0123456789abcdeg",
        "0123456789ABCDEF0123456789ABCDEF",
        "0123456789abcdef0123456789abcdef0"
      })
  void shouldRefuseWhatIsNoHash(String text) {
    assertThatThrownBy(() -> LetterSet.of(1, text)).hasMessageContaining("hexadecimal");
  }

  private static LetterSet of(List<String> ids) {
    LetterSet set = LetterSet.EMPTY;
    for (String id : ids) {
      set = set.with(id);
    }
    return set;
  }
}
