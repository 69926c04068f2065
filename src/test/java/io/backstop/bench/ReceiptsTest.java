package io.backstop.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReceiptsTest {

  private static void take(Receipts receipts, String... keys) {
    for (String key : keys) {
      receipts.take(key.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void shouldWantAResultForEachRequestAlsoWhereTwoShareAKey() {
    var receipts = Receipts.ofNumbers(4, number -> number / 2);

    take(receipts, "0", "1", "1");

    assertThat(receipts.missing()).isEqualTo(1);
    assertThat(receipts.surplus()).isZero();
    assertThatThrownBy(receipts::requireOneEach).hasMessageContaining("1 have no result");
  }

  @Test
  void shouldTellASecondResultFromAMissingOne() {
    var receipts = Receipts.ofNumbers(2, number -> number);

    take(receipts, "0", "0");

    assertThat(receipts.missing()).isEqualTo(1);
    assertThat(receipts.surplus()).isEqualTo(1);
  }
}
