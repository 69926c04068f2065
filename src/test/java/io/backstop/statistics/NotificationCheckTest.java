package io.backstop.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.executor.Targets;
import io.backstop.executor.slack.PostMessage;
import io.backstop.executor.slack.UpdateMessage;
import io.backstop.executor.trello.CreateCard;
import io.backstop.testing.TestConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotificationCheckTest {
  private static final Targets TARGETS =
      Targets.of(List.of(new PostMessage(), new UpdateMessage(), new CreateCard()));

  @Test
  void shouldFindNothingWrongWithATargetThatTakesAMessage() {
    assertThat(problems("slack:postMessage", "C0123")).isEmpty();
    assertThat(NotificationCheck.problems(TestConfig.with(), TARGETS)).isEmpty();
  }

  @Test
  void shouldNameTheTargetsThereAre() {
    assertThat(problems("slack:post", "C0123"))
        .containsExactly(
            "backstop.notifications.target = slack:post: there is no such target; use one of"
                + " slack:postMessage, slack:updateMessage");
  }

  @Test
  void shouldRefuseATargetOfAnotherPayload() {
    assertThat(problems("trello:createCard", "C0123").get(0))
        .contains("this target takes a TaskPayload, not a message");
  }

  @Test
  void shouldRefuseRecipientsThatTheTargetDoesNotTake() {
    assertThat(problems("slack:postMessage", "C0123,C4567").get(0))
        .startsWith("backstop.notifications.recipients: slack:postMessage refuses them")
        .contains("Slack takes exactly one channel");
  }

  @Test
  void shouldRefuseATargetThatNeedsMoreThanAMessage() {
    assertThat(problems("slack:updateMessage", "C0123").get(0))
        .startsWith("backstop.notifications.target = slack:updateMessage: it refuses");
  }

  private static List<String> problems(String target, String recipients) {
    return NotificationCheck.problems(
        TestConfig.with(
            "backstop.notifications.target",
            target,
            "backstop.notifications.recipients",
            recipients),
        TARGETS);
  }
}
