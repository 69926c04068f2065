package io.backstop.action;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserMessageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          notion:createPage  | trello:createCard   | We saved this to Trello while Notion is unavailable.
          trello:createCard  | google-tasks:create | We saved this to Google Tasks while Trello is unavailable.
          slack:postMessage  | email:notification  | We sent this by e-mail while Slack is unavailable.
          gmail:send         | webhook:post        | We passed this on to another system while Gmail is unavailable.
          sheets:append      | csv:log             | We wrote this to a CSV file while Google Sheets is unavailable.
          drive:upload       | local:backup        | We kept a backup of this while Google Drive is unavailable.
          drive:upload       | file:write          | We saved this to a file while Google Drive is unavailable.
          slack:postMessage  | console:log         | We made a note of this while Slack is unavailable.
          notion:query       | default-value       | This is a standard answer while Notion is unavailable.
          notion:query       | cached-result       | This is an earlier answer while Notion is unavailable.
          email:notification | skip                | We left this out while e-mail is unavailable.
          gmail:send         | queue:high          | This was done a little later, because Gmail was unavailable at first.
          acme:ticket        | jira:create         | We passed this on to jira while acme is unavailable.
          notion:updatePage  | notion:createPage   | We did this with Notion in another way.
          """)
  void shouldTellAnEndUserWhatWasDone(String action, String step, String message) {
    assertThat(UserMessage.of(action, step, FailureClass.TIMEOUT)).isEqualTo(message);
  }

  @Test
  void shouldNotCallAServiceUnavailableThatRefused() {
    assertThat(UserMessage.of("notion:createPage", "csv:log", FailureClass.VALIDATION))
        .isEqualTo("We wrote this to a CSV file because Notion did not accept it.");
    assertThat(UserMessage.of("notion:createPage", "csv:log", FailureClass.RATE_LIMITED))
        .isEqualTo("We wrote this to a CSV file while Notion is busy.");
    assertThat(UserMessage.of("notion:createPage", "queue:retry", FailureClass.AUTHENTICATION))
        .isEqualTo("This was done a little later, because we had no access to Notion at first.");
  }
}
