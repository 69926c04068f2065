package io.backstop.fallback;

import static io.backstop.fallback.SampleRequests.conversions;
import static io.backstop.fallback.SampleRequests.ready;
import static io.backstop.fallback.SampleRequests.refusal;
import static io.backstop.fallback.SampleRequests.request;
import static io.backstop.fallback.SampleRequests.withAllPlaces;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.FilePayload;
import io.backstop.action.GenericPayload;
import io.backstop.action.MessagePayload;
import io.backstop.action.PayloadConversion.Converted;
import io.backstop.action.QueryPayload;
import io.backstop.action.TablePayload;
import io.backstop.action.TaskPayload;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConversionsTest {
  private static final ActionRequest PAGE =
      request(
          "notion:createPage",
          TaskPayload.newBuilder()
              .setTitle("Paint the door")
              .setDescription("Green.")
              .setContainer("db-of-notion")
              .setDueAt(Instant.parse("2030-05-06T10:30:00Z"))
              .setStatus("In progress")
              .setLabels(List.of("house", "urgent"))
              .setAssignees(List.of("u-1"))
              .setProperties(Map.of("Effort", "{\"number\":3}"))
              .build());

  @Test
  void shouldMakeATrelloCardOfANotionPage() {
    Converted.Ready card = ready(withAllPlaces(), PAGE, "trello:createCard");

    assertThat(card.request().getAction()).isEqualTo("trello:createCard");
    assertThat(card.request().getPayload())
        .isEqualTo(
            TaskPayload.newBuilder()
                .setTitle("Paint the door")
                .setDescription("Status: In progress\nLabels: house, urgent\n\nGreen.")
                .setContainer("list1")
                .setDueAt(Instant.parse("2030-05-06T10:30:00Z"))
                .build());
    assertThat(card.losses())
        .containsExactlyInAnyOrder(
            "status (kept as text)",
            "labels (2, kept as text)",
            "assignees (1)",
            "further properties (1)",
            "container of Notion");
  }

  @Test
  void shouldKeepOnlyTheDateOfAGoogleTask() {
    Converted.Ready task = ready(conversions(), PAGE, "google-tasks:create");

    TaskPayload payload = (TaskPayload) task.request().getPayload();
    assertThat(payload.getContainer()).isEqualTo("@default");
    assertThat(payload.getDueAt()).isEqualTo(Instant.parse("2030-05-06T00:00:00Z"));
    assertThat(task.losses()).contains("due time (only the date is kept)");
  }

  @Test
  void shouldCutToTheLimitsOfGoogleTasksAndSayIt() {
    ActionRequest large =
        request(
            "notion:createPage",
            TaskPayload.newBuilder()
                .setTitle("t".repeat(1_022) + "\uD83D\uDE00!")
                .setDescription("d".repeat(10_000))
                .build());

    Converted.Ready task = ready(conversions(), large, "google-tasks:create");

    TaskPayload payload = (TaskPayload) task.request().getPayload();
    assertThat(payload.getTitle()).isEqualTo("t".repeat(1_022) + "…");
    assertThat(payload.getDescription()).hasSize(8_192).endsWith("d…");
    assertThat(task.losses())
        .containsExactly(
            "title (cut from 1,025 to 1,024 characters)",
            "description (cut from 10,000 to 8,192 characters)");
  }

  @Test
  void shouldKeepPlacesInsideAService() {
    ActionRequest update =
        request(
            "notion:updatePage",
            TaskPayload.newBuilder()
                .setTaskId("page-1")
                .setContainer("db-own")
                .setLabels(List.of("house"))
                .build());

    Converted.Ready page = ready(withAllPlaces(), update, "notion:createPage");

    assertThat(page.request().getPayload())
        .isEqualTo(
            TaskPayload.newBuilder()
                .setTitle("notion:updatePage r-1")
                .setContainer("db-own")
                .setLabels(List.of("house"))
                .build());
    assertThat(page.losses()).containsExactly("task id (a new one is made)");
  }

  @Test
  void shouldNameTheKeyOfAMissingPlace() {
    ActionRequest message =
        request("slack:postMessage", MessagePayload.newBuilder().setText("Hi").build());
    ActionRequest rows =
        request("acme:rows", TablePayload.newBuilder().setRows(List.of(List.of("a"))).build());

    assertThat(refusal(conversions(), PAGE, "trello:createCard"))
        .isEqualTo(
            "backstop.fallback.targets.trello:createCard.container is not set: name the Trello list"
                + " for new cards");
    assertThat(refusal(conversions(), message, "email:notification"))
        .startsWith("backstop.fallback.targets.email:notification.recipients is not set");
    assertThat(refusal(conversions(), PAGE, "slack:postMessage"))
        .startsWith("backstop.fallback.targets.slack:postMessage.recipients is not set");
    assertThat(refusal(conversions(), rows, "sheets:append"))
        .startsWith("backstop.fallback.targets.sheets:append.document is not set");
  }

  @Test
  void shouldSendALetterToThoseItIsMeantFor() {
    ActionRequest letter =
        request(
            "gmail:send",
            MessagePayload.newBuilder()
                .setRecipients(List.of("ann@example.com"))
                .setBcc(List.of("bob@example.com"))
                .setSubject("Hello")
                .setText("Hi")
                .setHtml("<p>Hi</p>")
                .setThreadId("t-1")
                .build());

    Converted.Ready mail = ready(withAllPlaces(), letter, "email:notification");
    Converted.Ready post = ready(withAllPlaces(), letter, "slack:postMessage");

    MessagePayload sent = (MessagePayload) mail.request().getPayload();
    assertThat(sent.getRecipients()).containsExactly("ann@example.com");
    assertThat(sent.getBcc()).containsExactly("bob@example.com");
    assertThat(mail.losses()).containsExactly("thread");
    assertThat(((MessagePayload) post.request().getPayload()).getRecipients())
        .containsExactly("C1");
    assertThat(post.losses())
        .containsExactlyInAnyOrder("recipients of Gmail (1)", "bcc (1)", "HTML version", "thread");
  }

  @Test
  void shouldGiveAMailASubjectOnOneLine() {
    ActionRequest bare =
        request("slack:postMessage", MessagePayload.newBuilder().setText("Hi").build());
    ActionRequest broken =
        request(
            "webhook:post",
            MessagePayload.newBuilder().setSubject("One\r\nBcc: two").setText("Hi").build());

    assertThat(message(bare, "email:notification").getSubject()).isEqualTo("slack:postMessage r-1");
    assertThat(message(broken, "email:notification").getSubject()).isEqualTo("One Bcc: two");
  }

  @Test
  void shouldFitSubjectAndTextIntoAPost() {
    ActionRequest letter =
        request(
            "webhook:post",
            MessagePayload.newBuilder().setSubject("Hello").setText("x".repeat(50_000)).build());

    Converted.Ready post = ready(withAllPlaces(), letter, "slack:postMessage");

    MessagePayload sent = (MessagePayload) post.request().getPayload();
    assertThat(("*" + sent.getSubject() + "*\n" + sent.getText())).hasSize(40_000);
    assertThat(post.losses()).containsExactly("text (cut from 50,000 to 39,992 characters)");
  }

  @Test
  void shouldNameTheContentThatATextCannotHold() {
    ActionRequest upload =
        request(
            "drive:upload",
            FilePayload.newBuilder()
                .setName("plan.pdf")
                .setContent(ByteBuffer.wrap(new byte[12_345]))
                .build());

    Converted.Ready mail = ready(withAllPlaces(), upload, "email:notification");

    assertThat(((MessagePayload) mail.request().getPayload()).getSubject()).isEqualTo("plan.pdf");
    assertThat(mail.losses()).containsExactly("file content (12,345 bytes)");
  }

  @Test
  void shouldKeepAFileButNotItsFolder() {
    ActionRequest upload =
        request(
            "drive:upload",
            FilePayload.newBuilder()
                .setName("plan.pdf")
                .setFolder("folder-of-drive")
                .setContent(ByteBuffer.wrap(new byte[] {1, 2}))
                .build());

    Converted.Ready file = ready(conversions(), upload, "file:write");

    FilePayload written = (FilePayload) file.request().getPayload();
    assertThat(written.getContent()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    assertThat(written.getFolder()).isNull();
    assertThat(file.losses()).containsExactly("folder of Google Drive");
  }

  @Test
  void shouldUploadNothingThatHasNoContentOrTooMuch() {
    ActionRequest folder =
        request("acme:folder", FilePayload.newBuilder().setName("plans").build());
    ActionRequest large =
        request(
            "acme:store",
            FilePayload.newBuilder().setContent(ByteBuffer.allocate(6_000_000)).build());

    assertThat(refusal(conversions(), folder, "drive:upload"))
        .isEqualTo("there is no content to upload");
    assertThat(refusal(conversions(), large, "drive:upload"))
        .isEqualTo(
            "the file has 6,000,000 bytes; Google Drive takes at most 5,242,880 in one upload");
  }

  @Test
  void shouldWriteCellsAsTextIntoACsvFile() {
    ActionRequest rows =
        request(
            "sheets:append",
            TablePayload.newBuilder()
                .setDocument("doc-of-sheets")
                .setRange("A1")
                .setRows(List.of(Arrays.asList("a", 3L, null)))
                .build());

    Converted.Ready csv = ready(conversions(), rows, "csv:log");

    assertThat(((TablePayload) csv.request().getPayload()).getRows())
        .containsExactly(List.of("a", "3", ""));
    assertThat(csv.losses())
        .containsExactlyInAnyOrder(
            "document of Google Sheets",
            "range of Google Sheets",
            "cell types (all cells are text)");
  }

  @Test
  void shouldMakeARowOfAMessage() {
    ActionRequest letter =
        request("acme:chat", MessagePayload.newBuilder().setSubject("Hello").setText("Hi").build());

    Converted.Ready row = ready(withAllPlaces(), letter, "sheets:append");

    assertThat(((TablePayload) row.request().getPayload()).getRows())
        .containsExactly(List.of("acme:chat", "r-1", "Hello", "Hi"));
    assertThat(row.losses()).isEmpty();
  }

  @Test
  void shouldGiveACustomTargetTheWholeRequestAsJson() {
    Converted.Ready generic = ready(conversions(), PAGE, "acme:any");

    assertThat(((GenericPayload) generic.request().getPayload()).getJson())
        .startsWith("{\"action\":\"notion:createPage\",\"requestId\":\"r-1\",\"payload\":{")
        .contains("\"dueAt\":\"2030-05-06T10:30:00Z\"");
    assertThat(generic.losses()).isEmpty();
  }

  @Test
  void shouldLogAQuestionButAskNobodyElse() {
    ActionRequest search =
        request("gmail:search", QueryPayload.newBuilder().setQuery("is:unread").build());

    assertThat(message(search, "console:log").getText()).isEqualTo("is:unread");
    assertThat(refusal(withAllPlaces(), search, "drive:upload"))
        .isEqualTo(
            "a question to Gmail cannot be answered by drive:upload: use cached-result or"
                + " default-value");
  }

  private static MessagePayload message(ActionRequest request, String target) {
    return (MessagePayload) ready(withAllPlaces(), request, target).request().getPayload();
  }
}
