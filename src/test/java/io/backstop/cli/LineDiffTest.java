package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LineDiffTest {

  @Test
  void shouldShowWhatDiffersAndTwoLinesAroundIt() {
    List<String> before = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    List<String> after = List.of("a", "b", "c", "D", "e", "f", "g", "h", "i", "j", "k");

    assertThat(LineDiff.of(before, after))
        .containsExactly(" b", " c", "-d", "+D", " e", " f", "@@", " i", " j", "+k");
  }

  @Test
  void shouldShowNothingWhereNothingDiffers() {
    assertThat(LineDiff.of(List.of("a"), List.of("a"))).isEmpty();
  }

  @Property
  void shouldNameEveryLineThatIsOnOneSideOnly(
      @ForAll @Size(max = 15) List<@IntRange(max = 4) Integer> left,
      @ForAll @Size(max = 15) List<@IntRange(max = 4) Integer> right) {
    List<String> before = left.stream().map(each -> "" + each).toList();
    List<String> after = right.stream().map(each -> "" + each).toList();

    List<String> diff = LineDiff.of(before, after);

    List<String> patched = new ArrayList<>(before);
    diff.stream().filter(line -> line.startsWith("-")).forEach(l -> patched.remove(l.substring(1)));
    diff.stream().filter(line -> line.startsWith("+")).forEach(l -> patched.add(l.substring(1)));
    assertThat(patched).containsExactlyInAnyOrderElementsOf(after);
  }
}
