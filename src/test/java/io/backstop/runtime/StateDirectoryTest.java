package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.backstop.config.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
  @TempDir private Path parent;

  @Test
  void shouldMakeAMissingDirectoryAndLeaveNothingInIt() throws IOException {
    Path directory = parent.resolve("a/b");

    StateDirectory.require(directory.toString());

    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void shouldSayThatTheDiskIsFullAndWhatToDo() {
    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(() -> StateDirectory.require(parent.toString(), directory -> 3L << 20))
        .withMessageContaining("has only 3 MB of free disk")
        .withMessageContaining("backstop.kafka.state-dir");
  }

  @Test
  void shouldSayThatADiskWhichTakesNoMoreBytesCannotBeWritten() {
    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(
            () ->
                StateDirectory.require(
                    parent.toString(),
                    directory -> {
                      throw new IOException("No space left on device");
                    }))
        .withMessageContaining("No space left on device");
  }

  @Test
  void shouldKeepItsNameForTheNextProcess() {
    String name = StateDirectory.name(parent.toString(), "orders");

    assertThat(StateDirectory.name(parent.toString(), "orders")).isEqualTo(name);
    assertThat(StateDirectory.name(parent.toString(), "mail")).isNotEqualTo(name);
  }

  @Test
  void shouldGiveANewNameWhereAFullDiskLeftNone() throws IOException {
    Files.createFile(parent.resolve("orders.instance"));

    assertThat(StateDirectory.name(parent.toString(), "orders")).isNotBlank();
  }

  @Test
  void shouldSayThatAFileStandsWhereTheDirectoryShouldBe() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));

    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(() -> StateDirectory.require(file.toString()))
        .withMessageContaining(file.toString())
        .withMessageContaining("cannot be written");
  }
}
