package io.backstop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.avro.specific.SpecificRecord;

/** How one kind of record is shown to people and scripts. */
interface RecordView<T extends SpecificRecord> {

  Class<T> type();

  Table table();

  String[] row(T rec);

  ObjectNode json(T rec);

  /** What orders them. */
  Instant time(T rec);

  /** One line: a row of the table, or a JSON object. */
  default String line(T rec, boolean asJson) {
    return asJson ? json(rec).toString() : table().row(row(rec));
  }

  /** To the second, for tables. */
  static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
