package io.backstop.desk;

import static io.backstop.desk.Letters.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Attempt;
import io.backstop.action.DeadLetter;
import io.backstop.action.FailureClass;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private final DeadLetter letter = Letters.failed("a-1", START, "page 1 of request-a-1 is gone");

  @Test
  void shouldBeTheSameForAnotherRequestWithTheSameFailure() {
    DeadLetter other = Letters.failed("b-2", START.plusSeconds(9), "page 7 of request-b-2 is gone");

    assertThat(Fingerprint.of(letter).message()).isEqualTo("page # of <id> is gone");
    assertThat(hash(other)).isEqualTo(hash(letter)).matches("[0-9a-f]{16}");
  }

  @Test
  void shouldDifferByTargetClassAndMessage() {
    Attempt attempt = letter.getAttempts().get(0);
    DeadLetter elsewhere =
        with(Attempt.newBuilder(attempt).setTarget("google-tasks:create").build());
    DeadLetter refused =
        DeadLetter.newBuilder(with(attempt)).setFailureClass(FailureClass.CIRCUIT_OPEN).build();
    DeadLetter locked = with(Attempt.newBuilder(attempt).setMessage("locked").build());

    assertThat(List.of(hash(letter), hash(elsewhere), hash(refused), hash(locked)))
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldBeThatOfThePrimaryFailureWhateverTheFallbackStepsSaid() {
    Attempt fallback = letter.getAttempts().get(0);
    Attempt primary =
        Attempt.newBuilder(fallback).setTarget("notion:createPage").setMessage("down").build();

    Fingerprint fingerprint = Fingerprint.of(with(primary, fallback));

    assertThat(fingerprint.target()).isEqualTo("notion:createPage");
    assertThat(fingerprint.message()).isEqualTo("down");
  }

  @Test
  void shouldTakeTheReasonWhereNoAttemptDecided() {
    DeadLetter expired =
        DeadLetter.newBuilder(letter)
            .setFailureClass(FailureClass.EXPIRED)
            .setReason("deadline 2026-03-01T10:00:00Z passed")
            .build();

    assertThat(Fingerprint.of(expired).message()).isEqualTo("deadline # passed");
  }

  private DeadLetter with(Attempt... attempts) {
    return DeadLetter.newBuilder(letter).setAttempts(new ArrayList<>(List.of(attempts))).build();
  }

  private static String hash(DeadLetter letter) {
    return Fingerprint.of(letter).hash();
  }
}
