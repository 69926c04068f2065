package io.backstop.executor.notion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.executor.Json;

/** Where pages live: {@code <database id>}, {@code data-source:<id>} or {@code page:<id>}. */
record NotionContainer(Kind kind, String id) {

  enum Kind {
    DATABASE("", "database_id"),
    DATA_SOURCE("data-source:", "data_source_id"),
    PAGE("page:", "page_id");

    private final String prefix;
    private final String field;

    Kind(String prefix, String field) {
      this.prefix = prefix;
      this.field = field;
    }
  }

  /**
   * @param container as in the payload; null reads as an empty database id
   */
  static NotionContainer of(String container) {
    String text = container == null ? "" : container.strip();
    for (Kind kind : new Kind[] {Kind.PAGE, Kind.DATA_SOURCE}) {
      if (text.startsWith(kind.prefix)) {
        return new NotionContainer(kind, text.substring(kind.prefix.length()));
      }
    }
    return new NotionContainer(Kind.DATABASE, text);
  }

  boolean isPage() {
    return kind == Kind.PAGE;
  }

  NotionVersion version() {
    return kind == Kind.DATA_SOURCE ? NotionVersion.DATA_SOURCES : NotionVersion.DATABASES;
  }

  /** The {@code parent} of a new page. */
  ObjectNode parent() {
    return Json.object().put("type", kind.field).put(kind.field, id);
  }

  String queryPath() {
    return (kind == Kind.DATA_SOURCE ? "/v1/data_sources/" : "/v1/databases/") + id + "/query";
  }
}
