package io.backstop.devcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backstop.config.StartupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path temp;

  @Test
  void shouldCreateAMissingDirectoryAndTakeItAgain() {
    var chosen = Optional.of(temp.resolve("new").resolve("data"));

    DataDirectory.open(chosen).close();
    DataDirectory.open(chosen).close();

    assertThat(chosen.get()).isDirectory();
  }

  @Test
  void shouldRefuseADirectoryWithSomethingElseInIt() throws Exception {
    Files.writeString(temp.resolve("letter.txt"), "mine");

    assertThatThrownBy(() -> DataDirectory.open(Optional.of(temp)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("was not made by dev-cluster")
        .hasMessageContaining("--data-dir");
  }

  @Test
  void shouldRefuseAFile() throws Exception {
    var file = Files.writeString(temp.resolve("letter.txt"), "mine");

    assertThatThrownBy(() -> DataDirectory.open(Optional.of(file)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("is a file");
  }

  @Test
  void shouldRefuseADirectoryThatCannotBeMade() throws Exception {
    var below = Files.writeString(temp.resolve("letter.txt"), "mine").resolve("data");

    assertThatThrownBy(() -> DataDirectory.open(Optional.of(below)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void shouldRefuseADirectoryInUse() {
    try (var first = DataDirectory.open(Optional.of(temp))) {
      assertThat(first.broker().getParent()).isEqualTo(temp);

      assertThatThrownBy(() -> DataDirectory.open(Optional.of(temp)))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("in use by another dev-cluster");
    }
  }

  @Test
  void shouldDeleteATemporaryDirectoryAtClose() {
    var data = DataDirectory.open(Optional.empty());
    var root = data.broker().getParent();

    data.close();
    data.close();

    assertThat(root).doesNotExist();
  }
}
