package io.backstop.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditTrailTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final AuditTrail trail = new AuditTrail(3);

  private static Command command(String id, String name, String subject) {
    return Command.newBuilder()
        .setCommandId(id)
        .setName(name)
        .setSubject(subject)
        .setIssuedAt(NOW)
        .build();
  }

  private static CommandResult.Builder answer(String id, CommandStatus status, String message) {
    return CommandResult.newBuilder()
        .setCommandId(id)
        .setStatus(status)
        .setMessage(message)
        .setCompletedAt(NOW);
  }

  @Test
  void shouldJoinACommandAndItsAnswers() {
    trail.command("c-0-0", command("a", "letters.dismiss", ""));
    AuditEntry waiting = trail.entries().get(0);
    trail.answer(answer("a", CommandStatus.ACCEPTED, "begun").build());
    AuditEntry begun = trail.entries().get(0);
    trail.answer(answer("a", CommandStatus.DONE, "42 letters").setAffected(42).build());

    assertThat(waiting.latest()).isEmpty();
    assertThat(begun.latest().orElseThrow().getStatus()).isEqualTo(CommandStatus.ACCEPTED);
    AuditEntry ended = trail.entries().get(0);
    assertThat(ended.begun().orElseThrow().getMessage()).isEqualTo("begun");
    assertThat(ended.latest().orElseThrow().getAffected()).isEqualTo(42);
    assertThat(trail.entries()).hasSize(1);
  }

  @Test
  void shouldTakeAnAnswerThatIsReadBeforeItsCommand() {
    var early = trail.answer(answer("a", CommandStatus.DONE, "closed").build());

    AuditEntry entry = trail.command("c-0-0", command("a", "circuit.reset", "notion"));

    assertThat(early).isEmpty();
    assertThat(entry.answer().orElseThrow().getMessage()).isEqualTo("closed");
  }

  @Test
  void shouldShowWhatCannotBeReadWithTheAnswerThatItGot() {
    trail.unreadable("c-0-7", NOW, "not Avro");
    trail.answer(
        answer("", CommandStatus.REFUSED, "not Avro")
            .setDetails(Map.of("coordinates", "c-0-7"))
            .build());

    AuditEntry entry = trail.entries().get(0);
    assertThat(entry.command()).isEmpty();
    assertThat(entry.problem()).contains("not Avro");
    assertThat(entry.answer().orElseThrow().getStatus()).isEqualTo(CommandStatus.REFUSED);
  }

  @Test
  void shouldShowARepeatOnceAndKeepItsFirstAnswer() {
    trail.command("c-0-0", command("a", "circuit.reset", "notion"));
    trail.answer(answer("a", CommandStatus.DONE, "closed").build());
    trail.command("c-0-1", command("a", "circuit.reset", "notion"));
    trail.answer(
        answer("a", CommandStatus.DONE, "again").setDetails(Map.of("repeated", "true")).build());

    assertThat(trail.entries()).hasSize(1);
    AuditEntry entry = trail.entries().get(0);
    assertThat(entry.repeats()).isEqualTo(1);
    assertThat(entry.answer().orElseThrow().getMessage()).isEqualTo("closed");
  }

  @Test
  void shouldTellApartTwoCommandsUnderOneId() {
    trail.command("c-0-0", command("a", "circuit.reset", "notion"));
    trail.command("c-0-1", command("a", "circuit.reset", "slack"));
    trail.answer(
        answer("a", CommandStatus.REFUSED, "taken")
            .setDetails(Map.of("coordinates", "c-0-1"))
            .build());
    trail.answer(answer("a", CommandStatus.DONE, "closed").build());

    assertThat(trail.entries())
        .extracting(each -> each.answer().orElseThrow().getMessage())
        .containsExactly("closed", "taken");
  }

  @Test
  void shouldKeepTheLastFew() {
    for (int number = 0; number < 10; number++) {
      trail.command("c-0-" + number, command("id-" + number, "cache.clear", ""));
    }

    trail.answer(answer("id-0", CommandStatus.DONE, "").build());

    assertThat(trail.entries())
        .extracting(AuditEntry::coordinates)
        .containsExactly("c-0-7", "c-0-8", "c-0-9");
  }
}
