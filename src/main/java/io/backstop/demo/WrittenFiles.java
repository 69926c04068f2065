package io.backstop.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;

/** Names what fallbacks wrote, so that a person can open it. */
final class WrittenFiles {
  private static final String LINE = "  %-14s %s  (%,d %s)";

  private final List<String> lines = new ArrayList<>();

  private WrittenFiles() {}

  /** Empty where nothing was written. */
  static List<String> lines(DemoOutput output) {
    var written = new WrittenFiles();
    try {
      for (Path file : below(output.csv(), ".csv")) {
        written.add("CSV log", file, requests(file), "request");
      }
      written.add(
          "backup files", output.backups(), below(output.backups(), ".json").size(), "file");
      written.add("other files", output.files(), below(output.files(), "").size(), "file");
      written.add("mailbox", output.mailbox(), below(output.mailbox(), ".eml").size(), "mail");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(written.lines);
  }

  private void add(String what, Path where, int count, String unit) {
    if (count > 0) {
      lines.add(LINE.formatted(what, where, count, count == 1 ? unit : unit + "s"));
    }
  }

  /** How many requests have lines in it. */
  private static int requests(Path csv) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (var parser = format.parse(Files.newBufferedReader(csv, StandardCharsets.UTF_8))) {
      return (int) parser.stream().map(row -> row.get("idempotency_key")).distinct().count();
    }
  }

  /** Files that are finished. */
  private static List<Path> below(Path directory, String ending) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths
          .filter(path -> isShown(directory.relativize(path)) && Files.isRegularFile(path))
          .filter(path -> path.toString().endsWith(ending))
          .sorted()
          .toList();
    }
  }

  private static boolean isShown(Path relative) {
    for (Path name : relative) {
      if (name.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }
}
