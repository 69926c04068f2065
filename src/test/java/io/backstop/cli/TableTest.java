package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
  private final Table table = new Table().column("ID", 4).column("STATE", 5).last("NOTE");

  @Test
  void shouldAlignColumnsAndCutWhatIsTooLong() {
    assertThat(table.head()).isEqualTo("ID    STATE  NOTE");
    assertThat(table.row("a", "b", "as long as it likes"))
        .isEqualTo("a     b      as long as it likes");
    assertThat(table.row("abcdef", null, "")).isEqualTo("abc…  -");
  }

  @Test
  void shouldLetNoTextBreakTheLineOrSteerTheTerminal() {
    assertThat(table.row("a", "b", "x\ny\u001b[31m\u009b")).isEqualTo("a     b      x y [31m");
  }
}
