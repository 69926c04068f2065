package io.backstop.executor.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The log as another program reads it. */
final class CsvLogFiles {
  private CsvLogFiles() {}

  static List<CSVRecord> records(Path file) {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (var reader = Files.newBufferedReader(file);
        var parser = CSVParser.builder().setReader(reader).setFormat(format).get()) {
      return parser.getRecords();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<CSVRecord> records(List<Path> files) {
    List<CSVRecord> all = new ArrayList<>();
    files.forEach(file -> all.addAll(records(file)));
    return all;
  }

  /** One entry for each line, {@code key row/rows}. */
  static List<String> rows(List<Path> files) {
    return records(files).stream()
        .map(
            line ->
                "%s %s/%s"
                    .formatted(line.get("idempotency_key"), line.get("row"), line.get("rows")))
        .toList();
  }
}
