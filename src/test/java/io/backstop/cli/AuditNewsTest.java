package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.client.AuditEntry;
import io.backstop.client.AuditTrail;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditNewsTest {
  private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");

  private final AuditTrail trail = new AuditTrail(10);
  private final AuditNews news = new AuditNews();

  private AuditEntry command(String id) {
    return trail.command(
        "c-0-" + id,
        Command.newBuilder().setCommandId(id).setName("cache.clear").setIssuedAt(AT).build());
  }

  private AuditEntry answered(String id, CommandStatus status) {
    return trail
        .answer(
            CommandResult.newBuilder()
                .setCommandId(id)
                .setStatus(status)
                .setCompletedAt(AT)
                .build())
        .orElseThrow();
  }

  @Test
  void shouldShowAnAnsweredCommandOnce() {
    news.changed(command("a"), 0);
    news.changed(answered("a", CommandStatus.DONE), 10);

    assertThat(news.take(20)).hasSize(1);
    assertThat(news.take(60_000)).isEmpty();
  }

  @Test
  void shouldShowACommandThatNobodyAnswersAfterAWhile() {
    news.changed(command("a"), 0);

    assertThat(news.take(2_999)).isEmpty();
    assertThat(news.take(3_000)).singleElement().matches(each -> each.latest().isEmpty());
    news.changed(answered("a", CommandStatus.DONE), 5_000);
    assertThat(news.take(5_000)).singleElement().matches(each -> each.latest().isPresent());
  }

  @Test
  void shouldShowLongWorkAgainWhenItHasEnded() {
    news.changed(command("a"), 0);
    news.changed(answered("a", CommandStatus.ACCEPTED), 0);
    var begun = news.take(0);
    news.changed(answered("a", CommandStatus.DONE), 100);

    assertThat(begun).hasSize(1);
    assertThat(news.take(100)).hasSize(1);
  }
}
