package io.backstop.fallback;

import io.backstop.action.FilePayload;
import io.backstop.action.GenericPayload;
import io.backstop.action.MessagePayload;
import io.backstop.action.QueryPayload;
import io.backstop.action.TablePayload;
import io.backstop.action.TaskPayload;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A payload as text, for targets of another family.
 *
 * @param title one that stands for the request where the payload has none
 * @param text everything else that can be written; may be empty
 */
record Words(String title, String text) {
  private static final int DEFAULT_LIMIT = QueryPayload.newBuilder().build().getLimit();

  /** Writes down the payload of a request; what cannot be written is added to the losses. */
  static Words of(Conversion conversion) {
    Object payload = conversion.request().getPayload();
    Writer writer = new Writer(conversion);
    if (payload instanceof TaskPayload task) {
      return writer.task(task);
    } else if (payload instanceof MessagePayload message) {
      return writer.message(message);
    } else if (payload instanceof FilePayload file) {
      return writer.file(file);
    } else if (payload instanceof TablePayload table) {
      return writer.table(table);
    } else if (payload instanceof QueryPayload query) {
      return writer.query(query);
    }
    return writer.words(null, ((GenericPayload) payload).getJson());
  }

  /** The title, and the text below it. */
  String together() {
    return text.isEmpty() ? title : title + "\n\n" + text;
  }

  private static final class Writer {
    private final Conversion conversion;
    private final List<String> lines = new ArrayList<>();

    Writer(Conversion conversion) {
      this.conversion = conversion;
    }

    Words task(TaskPayload task) {
      line("Due", task.getDueAt());
      line("Status", task.getStatus());
      line("Labels", task.getLabels());
      line("Assignees", task.getAssignees());
      new TreeMap<>(task.getProperties()).forEach(this::line);
      line("Container", task.getContainer());
      line("Task", task.getTaskId());
      return words(task.getTitle(), task.getDescription());
    }

    Words message(MessagePayload message) {
      line("To", message.getRecipients());
      line("Cc", message.getCc());
      line("Thread", message.getThreadId());
      line("Message", message.getMessageId());
      conversion.losses().addIfGiven("bcc", message.getBcc()); // others must not see them
      if (message.getText() == null) {
        return words(message.getSubject(), message.getHtml());
      }
      conversion.losses().addIfGiven("HTML version", message.getHtml());
      return words(message.getSubject(), message.getText());
    }

    Words file(FilePayload file) {
      line("Media type", file.getMimeType());
      line("Folder", file.getFolder());
      if (file.getContent() != null) {
        conversion
            .losses()
            .add("file content (%,d bytes)".formatted(file.getContent().remaining()));
      }
      return words(file.getName(), file.getDescription());
    }

    Words table(TablePayload table) {
      line("Document", table.getDocument());
      line("Range", table.getRange());
      if (table.getParseInput()) {
        lines.add("Cells are to be read as typed.");
      }
      Cells.loseTypes(table.getRows(), conversion.losses());
      String rows =
          table.getRows().stream()
              .map(row -> String.join(" | ", Cells.texts(row)))
              .collect(Collectors.joining("\n"));
      return words(null, rows);
    }

    Words query(QueryPayload query) {
      line("Container", query.getContainer());
      line("Filter", query.getFilter());
      line("Sort", query.getSorts());
      if (query.getLimit() != DEFAULT_LIMIT) {
        line("At most", query.getLimit());
      }
      line("From", query.getCursor());
      return words(null, query.getQuery());
    }

    Words words(String title, String body) {
      String details = String.join("\n", lines);
      String text = body == null || body.isBlank() ? "" : body;
      if (!details.isEmpty()) {
        text = text.isEmpty() ? details : text + "\n\n" + details;
      }
      boolean hasTitle = title != null && !title.isBlank();
      return new Words(hasTitle ? title : conversion.standIn(), text);
    }

    private void line(String name, Object value) {
      if (value instanceof List<?> items) {
        if (!items.isEmpty()) {
          lines.add(
              name + ": " + items.stream().map(Object::toString).collect(Collectors.joining(", ")));
        }
      } else if (value != null) {
        lines.add(name + ": " + value);
      }
    }
  }
}
