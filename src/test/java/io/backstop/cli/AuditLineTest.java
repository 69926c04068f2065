package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.LetterStatus;
import io.backstop.action.Selection;
import io.backstop.action.SelectionFilter;
import io.backstop.client.AuditEntry;
import io.backstop.client.AuditTrail;
import io.backstop.executor.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditLineTest {
  private static final Instant AT = Instant.parse("2026-11-22T12:00:00.500Z");

  private static AuditEntry dismissed() {
    AuditTrail trail = new AuditTrail(10);
    Selection selection =
        Selection.newBuilder()
            .setFilter(SelectionFilter.newBuilder().setStatus(LetterStatus.OPEN).build())
            .setCount(42)
            .setHash("00")
            .build();
    trail.command(
        "actions.commands-0-3",
        Command.newBuilder()
            .setCommandId("id-1")
            .setName("letters.dismiss")
            .setActor("ann")
            .setReason("spam\u001b[31m by mistake")
            .setIssuedAt(AT)
            .setSelection(selection)
            .build());
    return trail
        .answer(
            CommandResult.newBuilder()
                .setCommandId("id-1")
                .setStatus(CommandStatus.DONE)
                .setMessage("42 letters dismissed.")
                .setAffected(42)
                .setDetails(Map.of("changed", "42"))
                .setCompletedAt(AT.plusSeconds(2))
                .build())
        .orElseThrow();
  }

  @Test
  void shouldSayWhoDidWhatWhyToHowManyAndWithWhatResult() {
    String line = new AuditLine(dismissed()).text(false);

    assertThat(line)
        .startsWith("2026-11-22T12:00:00Z  ann ")
        .containsSubsequence(
            "letters.dismiss",
            "42 letters by filter status=OPEN",
            "42",
            "DONE",
            "42 letters dismissed. (why: spam")
        .doesNotContain("\u001b");
  }

  @Test
  void shouldHaveAllOfItInJson() {
    var json =
        Json.read(new AuditLine(dismissed()).text(true).getBytes(StandardCharsets.UTF_8))
            .orElseThrow();

    assertThat(json.path("actor").asText()).isEqualTo("ann");
    assertThat(json.path("about").asText()).isEqualTo("42 letters by filter status=OPEN");
    assertThat(json.at("/selection/filter/status").asText()).isEqualTo("OPEN");
    assertThat(json.path("result").asText()).isEqualTo("DONE");
    assertThat(json.path("affected").asLong()).isEqualTo(42);
    assertThat(json.at("/details/changed").asText()).isEqualTo("42");
    assertThat(json.path("completedAt").asText()).isEqualTo("2026-11-22T12:00:02.500Z");
  }

  @Test
  void shouldShowWhatCannotBeReadAndWhatHasNoAnswer() {
    AuditTrail trail = new AuditTrail(10);
    AuditEntry unreadable = trail.unreadable("actions.commands-0-9", AT, "looks like text");

    assertThat(new AuditLine(unreadable).text(false))
        .contains(
            "(unreadable)", "record actions.commands-0-9", "no answer yet", "looks like text");
  }
}
