package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backstop.config.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ReplacedFileTest {
  @TempDir private Path directory;

  private static void write(Path file, String line) throws IOException {
    try (ReplacedFile replaced = ReplacedFile.open(file.toString())) {
      replaced.writer().println(line);
      replaced.finish();
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void shouldReplaceAFileWhenAllIsWritten() throws IOException {
    Path file = Files.writeString(directory.resolve("letters"), "old");

    write(file, "new");

    assertThat(file).hasContent("new\n");
    assertThat(names()).containsExactly("letters");
  }

  @Test
  void shouldLeaveTheOldFileWhenItIsNotFinished() throws IOException {
    Path file = Files.writeString(directory.resolve("letters"), "old");

    try (ReplacedFile replaced = ReplacedFile.open(file.toString())) {
      replaced.writer().println("half");
    }

    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("letters");
  }

  @Test
  void shouldLeaveTheOldFileAndPutBesideItWhatIsNotWhole() throws IOException {
    Path file = Files.writeString(directory.resolve("letters"), "old");

    String name;
    try (ReplacedFile replaced = ReplacedFile.open(file.toString())) {
      replaced.writer().println("half");
      name = replaced.finishInPart();
    }

    assertThat(file).hasContent("old");
    assertThat(name).isEqualTo(file + ".partial");
    assertThat(Path.of(name)).hasContent("half\n");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void shouldBeReadableByItsOwnerOnlyWhateverWasThereBefore() throws IOException {
    Path file = Files.writeString(directory.resolve("letters"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    write(file, "new");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void shouldReplaceTheFileThatALinkLeadsTo() throws IOException {
    Path file = Files.writeString(directory.resolve("letters"), "old");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);

    write(link, "new");

    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new\n");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void shouldWriteIntoAPipeAndLeaveItThere() throws Exception {
    Path pipe = directory.resolve("pipe");
    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(10, TimeUnit.SECONDS);
    var read = CompletableFuture.supplyAsync(() -> content(pipe));

    write(pipe, "new");

    assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo("new\n");
    assertThat(Files.readAttributes(pipe, "*")).containsEntry("isOther", true);
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static boolean hasFullDevice() {
    return Files.isWritable(Path.of("/dev/full"));
  }

  @Test
  @EnabledIf("hasFullDevice")
  void shouldSayThatADeviceIsFullAndLeaveItThere() throws IOException {
    // through a link, so that a device would not be lost if this failed
    Path link = Files.createSymbolicLink(directory.resolve("full"), Path.of("/dev/full"));

    assertThatThrownBy(() -> write(link, "new"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("cannot be written", "full");

    assertThat(link).isSymbolicLink();
    assertThat(names()).containsExactly("full");
  }

  @Test
  void shouldRefuseADirectoryBeforeAnythingIsWritten() {
    assertThatThrownBy(() -> ReplacedFile.open(directory.toString()))
        .isInstanceOf(StartupException.class)
        .hasMessage(directory + " cannot be written: it is a directory; name a file in it");
    assertThatThrownBy(() -> ReplacedFile.open("/"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("it is a directory");
  }

  @Test
  void shouldSayThatTheDirectoryIsMissing() {
    Path file = directory.resolve("missing").resolve("letters");

    assertThatThrownBy(() -> ReplacedFile.open(file.toString()))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "%s cannot be written: there is no directory %s; make it first"
                .formatted(file, file.getParent()));
  }
}
