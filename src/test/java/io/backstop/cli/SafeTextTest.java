package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {
  @Test
  void shouldLeaveNothingThatSteersATerminalOrTurnsTheLineRound() {
    assertThat(SafeText.line("a\u001b[31m\u009b1m\u007f\nb\u202ec\u2066d\u2028e"))
        .isEqualTo("a [31m 1m  b c d e");
  }

  @Test
  void shouldKeepLinesWhereTheyAreWantedAndEveryScript() {
    assertThat(SafeText.lines("é\n\t漢字 👩‍💻 \r")).isEqualTo("é\n\t漢字 👩‍💻  ");
  }
}
