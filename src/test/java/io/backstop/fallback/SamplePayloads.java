package io.backstop.fallback;

import io.backstop.action.ActionRequest;
import io.backstop.action.FilePayload;
import io.backstop.action.GenericPayload;
import io.backstop.action.MessagePayload;
import io.backstop.action.QueryPayload;
import io.backstop.action.TablePayload;
import io.backstop.action.TaskPayload;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;

/** Payloads with any of their fields given, each with a text of its own. */
final class SamplePayloads {
  private SamplePayloads() {}

  static Arbitrary<ActionRequest> tasks() {
    Arbitrary<TaskPayload> payloads =
        Builders.withBuilder(TaskPayload::newBuilder)
            .use(maybe("the-title"))
            .in(TaskPayload.Builder::setTitle)
            .use(maybe("the-description"))
            .in(TaskPayload.Builder::setDescription)
            .use(maybe("the-task-id"))
            .in(TaskPayload.Builder::setTaskId)
            .use(maybe("the-container"))
            .in(TaskPayload.Builder::setContainer)
            .use(
                Arbitraries.of(
                        Instant.parse("2030-05-06T00:00:00Z"),
                        Instant.parse("2030-05-06T10:30:00Z"))
                    .injectNull(0.5))
            .in(TaskPayload.Builder::setDueAt)
            .use(maybe("the-status"))
            .in(TaskPayload.Builder::setStatus)
            .use(lists("label-a", "label-b"))
            .in(TaskPayload.Builder::setLabels)
            .use(lists("assignee-a", "assignee-b"))
            .in(TaskPayload.Builder::setAssignees)
            .use(Arbitraries.<Map<String, String>>of(Map.of(), Map.of("pos", "the-property")))
            .in(TaskPayload.Builder::setProperties)
            .build(TaskPayload.Builder::build);
    return requests(
        payloads,
        "notion:createPage",
        "notion:updatePage",
        "trello:createCard",
        "trello:updateCard",
        "acme:ticket");
  }

  static Arbitrary<ActionRequest> messages() {
    Arbitrary<MessagePayload> payloads =
        Builders.withBuilder(MessagePayload::newBuilder)
            .use(Arbitraries.of(List.of("to@example.com"), List.of("a@example.com", "b@c.org")))
            .in(MessagePayload.Builder::setRecipients)
            .use(lists("cc@example.com"))
            .in(MessagePayload.Builder::setCc)
            .use(lists("bcc@example.com"))
            .in(MessagePayload.Builder::setBcc)
            .use(maybe("the-subject"))
            .in(MessagePayload.Builder::setSubject)
            .use(maybe("the-text"))
            .in(MessagePayload.Builder::setText)
            .use(maybe("<p>the-html</p>"))
            .in(MessagePayload.Builder::setHtml)
            .use(maybe("the-message-id"))
            .in(MessagePayload.Builder::setMessageId)
            .use(maybe("the-thread-id"))
            .in(MessagePayload.Builder::setThreadId)
            .build(MessagePayload.Builder::build);
    return requests(
        payloads,
        "slack:postMessage",
        "slack:updateMessage",
        "gmail:send",
        "email:notification",
        "webhook:post",
        "acme:chat");
  }

  static Arbitrary<ActionRequest> files() {
    Arbitrary<FilePayload> payloads =
        Builders.withBuilder(FilePayload::newBuilder)
            .use(maybe("the-name"))
            .in(FilePayload.Builder::setName)
            .use(maybe("the-folder"))
            .in(FilePayload.Builder::setFolder)
            .use(maybe("text/the-type"))
            .in(FilePayload.Builder::setMimeType)
            .use(maybe("the-description"))
            .in(FilePayload.Builder::setDescription)
            .use(Arbitraries.just("the-content"))
            .in((file, text) -> file.setContent(ByteBuffer.wrap(text.getBytes())))
            .build(FilePayload.Builder::build);
    return requests(payloads, "drive:upload", "acme:store");
  }

  static Arbitrary<ActionRequest> tables() {
    Arbitrary<List<Object>> rows =
        Arbitraries.of(List.of("cell-a", "cell-b"), List.of("cell-c", 4711L), List.of(8.25, true));
    Arbitrary<TablePayload> payloads =
        Builders.withBuilder(TablePayload::newBuilder)
            .use(maybe("the-document"))
            .in(TablePayload.Builder::setDocument)
            .use(maybe("the-range"))
            .in(TablePayload.Builder::setRange)
            .use(rows.list().ofMinSize(1).ofMaxSize(3))
            .in(TablePayload.Builder::setRows)
            .use(Arbitraries.of(true, false))
            .in(TablePayload.Builder::setParseInput)
            .build(TablePayload.Builder::build);
    return requests(payloads, "sheets:update", "acme:rows");
  }

  static Arbitrary<ActionRequest> questions() {
    Arbitrary<QueryPayload> payloads =
        Builders.withBuilder(QueryPayload::newBuilder)
            .use(maybe("the-container"))
            .in(QueryPayload.Builder::setContainer)
            .use(maybe("the-query"))
            .in(QueryPayload.Builder::setQuery)
            .use(maybe("the-filter"))
            .in(QueryPayload.Builder::setFilter)
            .use(maybe("the-sorts"))
            .in(QueryPayload.Builder::setSorts)
            .use(Arbitraries.of(50, 73))
            .in(QueryPayload.Builder::setLimit)
            .use(maybe("the-cursor"))
            .in(QueryPayload.Builder::setCursor)
            .build(QueryPayload.Builder::build);
    return requests(payloads, "notion:query", "gmail:search");
  }

  static Arbitrary<ActionRequest> generics() {
    return requests(Arbitraries.just(new GenericPayload("{\"a\":\"the-json\"}")), "acme:other");
  }

  private static Arbitrary<ActionRequest> requests(Arbitrary<?> payloads, String... actions) {
    return Combinators.combine(Arbitraries.of(actions), payloads).as(SampleRequests::request);
  }

  private static Arbitrary<String> maybe(String text) {
    return Arbitraries.just(text).injectNull(0.5);
  }

  private static Arbitrary<List<String>> lists(String... items) {
    return Arbitraries.<List<String>>of(List.of(), List.of(items));
  }
}
