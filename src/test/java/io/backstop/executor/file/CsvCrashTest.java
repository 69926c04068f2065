package io.backstop.executor.file;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.slf4j.LoggerFactory;

/** A crash ends the file after any byte; what was cut is repeated. */
class CsvCrashTest {
  private static final long LARGE = 1L << 30;

  @BeforeContainer
  static void keepTheLogShort() {
    ((Logger) LoggerFactory.getLogger(CsvFile.class)).setLevel(Level.ERROR);
  }

  @AfterContainer
  static void logAgain() {
    ((Logger) LoggerFactory.getLogger(CsvFile.class)).setLevel(null);
  }

  private static CsvLines lines(int request, List<List<Object>> rows) {
    var filed = FileCalls.request("csv:log", FileCalls.table(rows));
    return CsvLines.of(new FiledRequest("k\n\"" + request, filed, filed, Optional.empty()), 0);
  }

  @Property(tries = 150)
  void shouldHoldEachRequestOnceAndWholeAfterACrashAnywhere(
      @ForAll("tables") List<List<List<Object>>> tables,
      @ForAll @DoubleRange(min = 0, max = 1) double cut)
      throws IOException {
    Path directory = Files.createTempDirectory("csv-crash");
    List<CsvLines> requests =
        IntStream.range(0, tables.size()).mapToObj(i -> lines(i, tables.get(i))).toList();
    new CsvDirectory(directory, LARGE, FileChannel::open).append(requests);
    Path file = directory.resolve("actions-000001.csv");
    byte[] whole = Files.readAllBytes(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate((long) (whole.length * cut));
    }

    CsvDirectory restarted = new CsvDirectory(directory, LARGE, FileChannel::open);
    for (CsvLines request : requests) {
      restarted.append(List.of(request));
    }

    assertThat(file).hasBinaryContent(whole);
    Files.delete(file);
    Files.delete(directory.resolve(DirectoryLock.FILE));
    Files.delete(directory);
  }

  @Provide
  Arbitrary<List<List<List<Object>>>> tables() {
    Arbitrary<Object> cell =
        Arbitraries.strings().withChars("a\n\r\",=' ").ofMaxLength(5).map(text -> (Object) text);
    Arbitrary<List<Object>> row = cell.list().ofMaxSize(3);
    return row.list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(ArrayList::new);
  }
}
