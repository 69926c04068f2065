package io.backstop.executor.file;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvCellTest {
  private static final String TRIGGERS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\uFF1D1+1",
        "\uFF0B1",
        "\uFF0D1",
        "\uFF20SUM(A1)",
        "  =1",
        "\u00A0=1",
        "\uFEFF=1",
        "\u200B\u0000=cmd|'/c calc'!A1"
      })
  void shouldPutAnApostropheBeforeWhatCouldBeAFormula(String text) {
    assertThat(CsvCell.of(text)).isEqualTo("'" + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a=b", "plain", "1-2", "a@b.example", "\"=1", "Übersicht"})
  void shouldLeaveOtherTextAsItIs(String text) {
    assertThat(CsvCell.of(text)).isEqualTo(text);
  }

  @Test
  void shouldLeaveNumbersAsTheyAre() {
    assertThat(CsvCell.of((Object) (-5L))).isEqualTo(-5L);
    assertThat(CsvCell.of((Object) (-0.5))).isEqualTo(-0.5);
    assertThat(CsvCell.of((Object) true)).isEqualTo(true);
    assertThat(CsvCell.of((Object) null)).isEqualTo("");
    assertThat(CsvCell.of((Object) Double.NEGATIVE_INFINITY)).isEqualTo("'-Infinity");
  }

  @Property
  void shouldNeverBeginLikeAFormulaAndGiveTheTextBack(@ForAll("texts") String text) {
    String cell = CsvCell.of(text);

    assertThat(cell.isEmpty() || TRIGGERS.indexOf(cell.strip().charAt(0)) < 0).isTrue();
    assertThat(cell.startsWith("'") ? cell.substring(1) : cell).isEqualTo(text);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars(TRIGGERS + "' a\"1,;")
        .ofMinLength(1)
        .ofMaxLength(6)
        .filter(text -> !text.isBlank());
  }
}
