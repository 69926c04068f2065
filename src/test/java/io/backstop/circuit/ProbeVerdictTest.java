package io.backstop.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ProbeVerdictTest {
  @Test
  void shouldKeepTheStartOfWhatAServiceSaysAtLength() {
    var outcome =
        new Outcome.Retryable(
            FailureClass.SERVER_ERROR,
            "x".repeat(2_000_000),
            OptionalInt.of(503),
            Optional.empty());

    var verdict = ProbeVerdict.ofCall(outcome, 20, SampleRules.settings());

    assertThat(verdict.succeeded()).contains(false);
    assertThat(verdict.message()).startsWith("SERVER_ERROR xxx").endsWith("[cut]").hasSize(1_006);
  }
}
