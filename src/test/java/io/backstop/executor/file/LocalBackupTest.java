package io.backstop.executor.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.ActionRequest;
import io.backstop.action.FailureClass;
import io.backstop.action.FilePayload;
import io.backstop.action.Outcome;
import io.backstop.action.TaskPayload;
import io.backstop.client.ActionFamilies;
import io.backstop.client.RequestParser;
import io.backstop.executor.Json;
import io.backstop.executor.TestServiceConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBackupTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path temporary;
  private FileCalls calls;

  @BeforeEach
  void makeCalls() {
    calls = new FileCalls(temporary.resolve("local"));
  }

  private static LocalBackup backup() {
    return at(NOW);
  }

  private static LocalBackup at(Instant now) {
    return new LocalBackup(FileChannel::open, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static TaskPayload task() {
    return TaskPayload.newBuilder()
        .setTitle("Invoice")
        .setDueAt(NOW)
        .setLabels(List.of("a"))
        .setProperties(Map.of("p", "1"))
        .build();
  }

  private static JsonNode read(Path file) throws IOException {
    return Json.read(Files.readAllBytes(file)).orElseThrow();
  }

  @Test
  void shouldSaveTheWholeRequestAndWhyItIsThere() throws Exception {
    ActionRequest original = FileCalls.request("notion:createPage", task());

    var outcome = calls.standIn(backup(), "k-1", task(), original);

    Path file = FileCalls.fileOf(outcome);
    assertThat(file).hasFileName("backup_%d_k-1.json".formatted(NOW.toEpochMilli()));
    JsonNode saved = read(file);
    assertThat(saved.get("savedAt").asText()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(saved.get("idempotencyKey").asText()).isEqualTo("k-1");
    assertThat(saved.get("action").asText()).isEqualTo("notion:createPage");
    assertThat(saved.get("submitter").asText()).isEqualTo("billing");
    assertThat(saved.get("primaryError").asText()).isEqualTo(FileCalls.ERROR);
  }

  @Test
  void shouldSaveItInTheFormInWhichRequestsArePublished() throws Exception {
    var payload =
        FilePayload.newBuilder()
            .setName("a.bin")
            .setContent(ByteBuffer.wrap(new byte[] {0, (byte) 0xff, 7}))
            .build();
    var parser = new RequestParser(ActionFamilies.installed(), () -> "new");

    for (ActionRequest original :
        List.of(
            FileCalls.request("drive:upload", payload),
            FileCalls.request("custom:unknown", task()))) {
      var outcome = calls.standIn(backup(), original.getAction(), payload, original);

      String request = read(FileCalls.fileOf(outcome)).get("request").toString();
      assertThat(parser.parse(request).request()).isEqualTo(original);
    }
  }

  @Test
  void shouldServeAsAPrimaryActionToo() throws Exception {
    var outcome = calls.execute(backup(), "k-1", FileCalls.file("a", "b"));

    assertThat(read(FileCalls.fileOf(outcome)).get("primaryError").isNull()).isTrue();
  }

  @Test
  void shouldMakeNoSecondFileWhenAStepIsRepeatedLater() {
    var first = calls.execute(backup(), "k-1", task());

    var again = calls.execute(at(NOW.plus(Duration.ofHours(1))), "k-1", task());

    assertThat(again).isEqualTo(first);
    assertThat(calls.files()).hasSize(1);
  }

  @Test
  void shouldMakeOneFileForEachKeyHoweverOftenAndWhereverItIsCalled() {
    List<LocalBackup> backups = IntStream.range(0, 3).mapToObj(i -> at(NOW.plusMillis(i))).toList();
    List<CompletableFuture<Outcome>> started =
        IntStream.range(0, 600)
            .parallel()
            .mapToObj(i -> calls.start(backups.get(i % 3), "k-" + i / 6, task()))
            .toList();

    started.forEach(FileCalls::await);

    assertThat(calls.files()).hasSize(100);
  }

  @Test
  void shouldTellAKeyFromTheEndOfAnother() {
    calls.execute(backup(), "1_a", task());
    calls.execute(backup(), "a", task());
    calls.execute(backup(), "_a", task());

    assertThat(calls.files()).hasSize(3);
  }

  @Test
  void shouldLookForAKeyAmongFewFilesOfMany() throws Exception {
    BackupFiles files = new BackupFiles(new StagedFiles(FileChannel::open));
    for (int i = 0; i < 256; i++) {
      Files.createDirectories(calls.directory().resolve("%02x".formatted(i)));
    }
    for (int i = 0; i < 20_000; i++) {
      String folder = KeyDigest.of("k-" + i).hex().substring(0, 2);
      Files.createFile(
          calls.directory().resolve(folder).resolve("backup_%d_k-%d.json".formatted(i, i)));
    }

    for (int i = 0; i < 20_000; i += 1_000) {
      assertThat(files.find(calls.directory(), "k-" + i)).isPresent();
    }
    assertThat(files.find(calls.directory(), "k-20000")).isEmpty();
    try (var largest = Files.list(calls.directory().resolve("00"))) {
      assertThat(largest).hasSizeLessThan(200);
    }
  }

  @Test
  void shouldLeaveNothingBehindWhenTheDiskIsFull() {
    Path full = Path.of("/dev/full");
    var backup =
        new LocalBackup(
            (path, options) -> {
              Files.createFile(path);
              return FileChannel.open(full, StandardOpenOption.WRITE);
            },
            Clock.systemUTC());
    assumeTrue(Files.exists(full), "this system has no /dev/full");

    var outcome = calls.execute(backup, "k-1", task());

    assertThat(outcome)
        .isInstanceOf(Outcome.Retryable.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.RESOURCE_EXHAUSTED)
        .extracting("message")
        .asString()
        .contains("No space left", "free space", "backstop.services.local.directory");
    assertThat(calls.files()).isEmpty();
  }

  @Test
  void shouldSayWhatToDoAboutTooManyOpenFiles() {
    var backup =
        new LocalBackup(
            (path, options) -> {
              throw new FileSystemException(path.toString(), null, "Too many open files");
            },
            Clock.systemUTC());

    var outcome = calls.execute(backup, "k-1", task());

    assertThat(outcome)
        .isInstanceOf(Outcome.Retryable.class)
        .extracting("message")
        .asString()
        .contains("ulimit -n");
  }

  @Test
  void shouldSayWhatToDoAboutPermissions() {
    var backup =
        new LocalBackup(
            (path, options) -> {
              throw new AccessDeniedException(path.toString());
            },
            Clock.systemUTC());

    var outcome = calls.execute(backup, "k-1", task());

    assertThat(outcome)
        .isInstanceOf(Outcome.Permanent.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.AUTHENTICATION)
        .extracting("message")
        .asString()
        .contains("permission denied; let the user that runs Backstop write below");
  }

  @Test
  void shouldSayWhoMayNotWrite() throws Exception {
    Files.createDirectories(calls.directory());
    assumeFalse(
        System.getProperty("user.name").equals("root"), "root may write everywhere: not testable");
    assertThat(calls.directory().toFile().setWritable(false)).isTrue();

    var outcome = calls.execute(backup(), "k-1", task());

    assertThat(outcome)
        .isInstanceOf(Outcome.Permanent.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.AUTHENTICATION);
  }

  @Test
  void shouldSayThatTheSettingIsNoPath() {
    var wrong = new TestServiceConfig(Map.of("directory", "a\0b"), Map.of());

    var outcome = DirectoryStep.outcome("local", wrong, directory -> null);

    assertThat(outcome)
        .isInstanceOf(Outcome.Permanent.class)
        .hasFieldOrPropertyWithValue("failureClass", FailureClass.VALIDATION)
        .extracting("message")
        .asString()
        .startsWith("backstop.services.local.directory is not a path");
  }

  @Test
  void shouldWriteBelowTheWorkingDirectoryWhenNoneIsSet() {
    for (var unset : List.of(Map.<String, String>of(), Map.of("directory", " "))) {
      var directory = WorkDirectory.of("local", new TestServiceConfig(unset, Map.of()));

      assertThat(directory.path()).isEqualTo(Path.of("backstop-files/local").toAbsolutePath());
    }
  }

  @Test
  void shouldFailAloneWhenTheExecutorHasADefect() {
    var backup =
        new LocalBackup(
            (path, options) -> {
              throw new IllegalStateException("defect");
            },
            Clock.systemUTC());
    List<CompletableFuture<Outcome>> started = new ArrayList<>();

    started.add(calls.start(backup, "k-1", task()));

    assertThat(started.get(0)).failsWithin(Duration.ofSeconds(20));
    assertThat(calls.files()).isEmpty();
  }

  @Test
  void shouldSweepWhatACrashLeftUnfinishedLongAgo() throws Exception {
    Path partial = Files.createDirectories(calls.directory().resolve(StagedFiles.FOLDER));
    Path old = Files.createFile(partial.resolve("old"));
    Path young = Files.createFile(partial.resolve("young"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));

    calls.execute(backup(), "k-1", task());

    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }
}
