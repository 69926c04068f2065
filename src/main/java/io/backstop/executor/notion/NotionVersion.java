package io.backstop.executor.notion;

/**
 * Versions of Notion's API that are spoken. Our payloads name a database, and only the older
 * version takes a database id as parent and in a query; the newer one wants the id of one of its
 * data sources, which would cost a look-up per call. A database that was given a second source
 * refuses the older version: then the payload names the data source, and the newer one is spoken.
 */
enum NotionVersion {
  DATABASES("2022-06-28"),
  DATA_SOURCES("2025-09-03");

  private final String header;

  NotionVersion(String header) {
    this.header = header;
  }

  String header() {
    return header;
  }
}
