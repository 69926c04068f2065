package io.backstop.executor.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.backstop.action.ActionRequest;
import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.action.TablePayload;
import io.backstop.action.TaskPayload;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLogTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
  private static final long LARGE = 1L << 30;

  @TempDir private Path temporary;
  private FileCalls calls;

  @BeforeEach
  void makeCalls() {
    calls = new FileCalls(temporary.resolve("csv"));
  }

  private static CsvLog log() {
    return new CsvLog(CLOCK, LARGE, 2_000, FileChannel::open);
  }

  private static CsvLog fullAt(long size) {
    return new CsvLog(CLOCK, size, 100, FileChannel::open);
  }

  private static TablePayload row(Object... cells) {
    return FileCalls.table(List.of(Arrays.asList(cells)));
  }

  private static TablePayload rows(int number) {
    return FileCalls.table(
        IntStream.range(0, number).mapToObj(i -> List.<Object>of("cell " + i)).toList());
  }

  private List<CSVRecord> records() {
    return CsvLogFiles.records(calls.files());
  }

  @Test
  void shouldWriteHeaderAndALineForEachRow() throws Exception {
    var payload =
        TablePayload.newBuilder()
            .setDocument("sheet-1")
            .setRange("A1:B")
            .setRows(List.of(Arrays.asList("a,b", null, 1L), List.of(true, -0.5)))
            .build();

    var outcome = calls.execute(log(), "k-1", payload);

    assertThat(Files.readString(FileCalls.fileOf(outcome)))
        .isEqualTo(
            """
            time,idempotency_key,request_id,action,submitter,primary_error,row,rows,document,range,cells
            2026-03-01T12:00:00Z,k-1,r-1,csv:log,billing,,1,2,sheet-1,A1:B,"a,b",,1
            2026-03-01T12:00:00Z,k-1,r-1,csv:log,billing,,2,2,sheet-1,A1:B,true,-0.5
            """);
  }

  @Test
  void shouldNameFileAndLine() {
    CsvLog log = log();
    calls.execute(log, "k-1", row("two\nlines"));

    var outcome = calls.execute(log, "k-2", rows(3));

    assertThat(FileCalls.response(outcome).toString())
        .isEqualTo(
            "{\"file\":\"%s\",\"line\":4,\"rows\":3}"
                .formatted(calls.directory().resolve("actions-000001.csv")));
  }

  @Test
  void shouldTellOfTheOriginalRequestWhenItStandsInForAnother() {
    ActionRequest original =
        FileCalls.request(
            "notion:createPage", TaskPayload.newBuilder().setTitle("Invoice").build());

    calls.standIn(log(), "k-1", row("Invoice"), original);

    assertThat(records())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.get("action")).isEqualTo("notion:createPage");
              assertThat(line.get("primary_error")).isEqualTo(FileCalls.ERROR);
              assertThat(line.get("cells")).isEqualTo("Invoice");
            });
  }

  @Test
  void shouldNeutraliseFormulasInEveryColumn() {
    ActionRequest original =
        ActionRequest.newBuilder(FileCalls.request("=action", row()))
            .setRequestId("+id")
            .setSubmitter("-submitter")
            .build();

    calls.standIn(log(), "@key", row("=HYPERLINK(\"http://a\")", "\t1", "＝1", -1L), original);

    assertThat(records().get(0).stream().skip(1))
        .containsExactly(
            "'@key",
            "'+id",
            "'=action",
            "'-submitter",
            FileCalls.ERROR,
            "1",
            "1",
            "",
            "",
            "'=HYPERLINK(\"http://a\")",
            "'\t1",
            "'＝1",
            "-1");
  }

  @Test
  void shouldWriteARepeatedKeyOnce() {
    CsvLog log = log();
    var first = calls.execute(log, "k-1", rows(2));
    calls.execute(log, "k-2", rows(2));

    var again = calls.execute(log, "k-1", rows(2));

    assertThat(again).isEqualTo(first);
    assertThat(CsvLogFiles.rows(calls.files()))
        .containsExactly("k-1 1/2", "k-1 2/2", "k-2 1/2", "k-2 2/2");
  }

  @Test
  void shouldWriteARepeatedKeyOnceAfterARestart() {
    var first = calls.execute(log(), "=k\n\"1\"", rows(2));

    var again = calls.execute(log(), "=k\n\"1\"", rows(2));

    assertThat(again).isEqualTo(first);
    assertThat(records()).hasSize(2);
  }

  @Test
  void shouldTellKeysApartThatDifferByAnApostrophe() {
    CsvLog log = log();

    List.of("=k", "'=k", "''=k", "k", "'k").forEach(key -> calls.execute(log, key, rows(1)));

    assertThat(records()).hasSize(5);
  }

  @Test
  void shouldTakeAKeyThatIsTheHeadersWord() {
    calls.execute(log(), "idempotency_key", rows(1));

    assertThat(records()).hasSize(1);
  }

  @Test
  void shouldSeeWhatAnotherProcessAppendedMeanwhile() {
    CsvLog here = log();
    CsvLog there = log();
    calls.execute(here, "k-1", rows(1));
    calls.execute(there, "k-2", rows(1));

    calls.execute(here, "k-2", rows(1));
    calls.execute(there, "k-1", rows(1));

    assertThat(CsvLogFiles.rows(calls.files())).containsExactly("k-1 1/1", "k-2 1/1");
  }

  @Test
  void shouldAppendFromManyThreadsAndExecutorsWithoutMixingLines() {
    List<CsvLog> logs = List.of(log(), log(), log());
    List<CompletableFuture<Outcome>> started =
        IntStream.range(0, 3_000)
            .parallel()
            // each key twice, at different executors
            .mapToObj(i -> calls.start(logs.get(i % 3), "k-" + i / 2, rows(2)))
            .toList();

    started.forEach(FileCalls::await);

    assertThat(CsvLogFiles.rows(calls.files())).hasSize(3_000).doesNotHaveDuplicates();
    List<String> keys = records().stream().map(line -> line.get("idempotency_key")).toList();
    for (int i = 0; i < keys.size(); i += 2) {
      assertThat(keys.get(i)).as("rows of one request stand together").isEqualTo(keys.get(i + 1));
    }
  }

  @Test
  void shouldBeginANewFileWhenOneIsFullAndKnowTheKeysOfBoth() {
    CsvLog log = fullAt(400);
    IntStream.range(0, 30).forEach(i -> calls.execute(log, "k-" + i, rows(1)));
    List<Path> before = calls.files();
    List<String> lastTwo =
        CsvLogFiles.records(before.subList(before.size() - 2, before.size())).stream()
            .map(line -> line.get("idempotency_key"))
            .toList();

    CsvLog restarted = fullAt(400);
    lastTwo.forEach(key -> calls.execute(restarted, key, rows(1)));

    assertThat(before).hasSizeGreaterThan(3);
    assertThat(CsvLogFiles.rows(calls.files())).hasSize(30).doesNotHaveDuplicates();
  }

  @Test
  void shouldFollowOthersIntoTheirNewFile() {
    CsvLog here = log();
    calls.execute(here, "k-1", rows(1));
    CsvLog there = fullAt(1);
    calls.execute(there, "k-2", rows(1));
    calls.execute(there, "k-3", rows(1));

    var outcome = calls.execute(here, "k-4", rows(1));

    assertThat(FileCalls.fileOf(outcome)).hasFileName("actions-000003.csv");
    assertThat(FileCalls.fileOf(calls.execute(here, "k-2", rows(1))))
        .hasFileName("actions-000002.csv");
  }

  @Test
  void shouldTakeARequestForWrittenOnlyWhileItsLastRowIsThere() throws Exception {
    CsvLog log = log();
    Path file = FileCalls.fileOf(calls.execute(log, "k-1", rows(3)));
    calls.execute(log, "k-2", rows(2));
    List<String> edited =
        Files.readAllLines(file).stream().filter(line -> !line.contains(",3,3,")).toList();
    Files.write(file, edited);

    List.of("k-2", "k-1").forEach(key -> calls.execute(log(), key, rows(3)));

    assertThat(CsvLogFiles.rows(calls.files()))
        .containsExactly(
            "k-1 1/3", "k-1 2/3", "k-2 1/2", "k-2 2/2", "k-1 1/3", "k-1 2/3", "k-1 3/3");
  }

  @Test
  void shouldLeaveAFileWithAnotherHeaderAlone() throws Exception {
    Path foreign = Files.createDirectories(calls.directory()).resolve("actions-000001.csv");
    Files.writeString(foreign, "id;name\r\n1;half");

    var outcome = calls.execute(log(), "k-1", rows(1));

    assertThat(foreign).hasContent("id;name\r\n1;half");
    assertThat(FileCalls.fileOf(outcome)).hasFileName("actions-000002.csv");
  }

  @Test
  void shouldBeginAnewWhenTheFileOrTheDirectoryWasRemoved() throws Exception {
    CsvLog log = log();
    Path file = FileCalls.fileOf(calls.execute(log, "k-1", rows(1)));
    Files.delete(file);
    calls.execute(log, "k-2", rows(1));
    assertThat(CsvLogFiles.rows(calls.files())).containsExactly("k-2 1/1");

    Files.delete(file);
    Files.delete(calls.directory().resolve(DirectoryLock.FILE));
    Files.delete(calls.directory());
    calls.execute(log, "k-2", rows(1));

    assertThat(CsvLogFiles.rows(calls.files())).containsExactly("k-2 1/1");
  }

  @Test
  void shouldFailWithAMendWhenTheDiskIsFull() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full");
    AtomicBoolean isFull = new AtomicBoolean();
    FileOpener opener =
        (path, options) ->
            isFull.get()
                ? FileChannel.open(full, StandardOpenOption.WRITE)
                : FileChannel.open(path, options);
    CsvLog log = new CsvLog(CLOCK, LARGE, 10, opener);
    calls.execute(log, "k-0", rows(1));
    isFull.set(true);

    var outcome = calls.execute(log, "k-1", rows(1));

    assertThat(outcome)
        .isInstanceOf(Outcome.Retryable.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.RESOURCE_EXHAUSTED)
        .extracting("message")
        .asString()
        .contains(calls.directory().toString(), "No space left", "backstop.services.csv.directory");
    isFull.set(false);
    calls.execute(log, "k-1", rows(1));
    assertThat(CsvLogFiles.rows(calls.files())).containsExactly("k-0 1/1", "k-1 1/1");
  }

  @Test
  void shouldFailWithAMendWhenAFileIsInTheDirectorysPlace() throws Exception {
    Files.createFile(calls.directory());

    var outcome = calls.execute(log(), "k-1", rows(1));

    assertThat(outcome)
        .isInstanceOf(Outcome.Permanent.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.RESOURCE_EXHAUSTED)
        .extracting("message")
        .asString()
        .contains(calls.directory() + " is in the way", "backstop.services.csv.directory");
  }

  @Test
  void shouldRefuseMoreThanItCanHoldAndNotWaitForTheDisk() throws Exception {
    CsvLog log = new CsvLog(CLOCK, LARGE, 5, FileChannel::open);
    Files.createDirectories(calls.directory());
    List<CompletableFuture<Outcome>> started = new ArrayList<>();

    DirectoryLock.hold(
        calls.directory(),
        () -> {
          // as if the disk hung: one batch is being written, five wait
          IntStream.range(0, 600).forEach(i -> started.add(calls.start(log, "k-" + i, rows(1))));
          return null;
        });

    Set<Class<?>> kinds = new HashSet<>();
    started.forEach(call -> kinds.add(FileCalls.await(call).getClass()));
    assertThat(kinds).containsExactlyInAnyOrder(Outcome.Succeeded.class, Outcome.Retryable.class);
    assertThat(FileCalls.await(started.get(599)))
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.RESOURCE_EXHAUSTED)
        .extracting("message")
        .asString()
        .contains("csv:log", "max-concurrent-calls");
  }

  @Test
  void shouldLeaveOutWhatWasGivenUpBeforeItBegan() throws Exception {
    CsvLog log = log();
    Files.createDirectories(calls.directory());
    List<CompletableFuture<Outcome>> started = new ArrayList<>();

    DirectoryLock.hold(
        calls.directory(),
        () -> {
          started.add(calls.start(log, "k-0", rows(1)));
          IntStream.range(1, 400).forEach(i -> started.add(calls.start(log, "k-" + i, rows(1))));
          started.get(399).cancel(true);
          return null;
        });

    started.subList(0, 399).forEach(FileCalls::await);
    assertThat(FileCalls.await(calls.start(log, "last", rows(1)))).isNotNull();
    assertThat(CsvLogFiles.rows(calls.files())).doesNotContain("k-399 1/1").hasSize(400);
  }

  @Test
  void shouldReadAnEarlierFileThatMayNotBeWrittenAnyMore() {
    Path earlier = FileCalls.fileOf(calls.execute(fullAt(1), "k-1", rows(1)));
    assertThat(earlier.toFile().setReadOnly()).isTrue();

    var outcome = calls.execute(fullAt(1), "k-2", rows(1));

    assertThat(FileCalls.fileOf(outcome)).hasFileName("actions-000002.csv");
  }

  @Test
  void shouldSayWhetherTheDirectoryCanBeWritten() throws Exception {
    var check = log().healthCheck().orElseThrow();
    var works = check.check(calls.context("health-check", Optional.empty()));
    var inTheWay = new FileCalls(Files.createFile(temporary.resolve("file")));
    var fails = check.check(inTheWay.context("health-check", Optional.empty()));

    assertThat(FileCalls.response(FileCalls.await(works.toCompletableFuture())).get("directory"))
        .hasToString('"' + calls.directory().toString() + '"');
    assertThat(calls.files()).isEmpty();
    assertThat(FileCalls.await(fails.toCompletableFuture())).isInstanceOf(Outcome.Permanent.class);
  }

  @Test
  void shouldAskForRows() {
    var request = FileCalls.request("csv:log", FileCalls.table(List.of()));

    assertThat(log().problems(request))
        .containsExactly("payload.rows is missing: write at least one row of cells");
  }

  @Test
  void shouldAppendToAHundredThousandLinesWithoutReadingThemAgain() throws Exception {
    CsvLog log = log();
    List<CompletableFuture<Outcome>> started = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      started.add(calls.start(log, "bulk-" + i, rows(1_000)));
    }
    started.forEach(FileCalls::await);
    Path file = calls.directory().resolve("actions-000001.csv");
    long size = Files.size(file);

    CsvFile known = new CsvFile(file, FileChannel::open);
    known.readOn();
    calls.execute(log, "k-1", rows(1));

    assertThat(known.size()).isEqualTo(size);
    known.readOn();
    assertThat(known.find(CsvLines.digest("k-1"))).hasValue(100_002);
    assertThat(known.find(CsvLines.digest("bulk-99"))).isPresent();
  }
}
