package io.backstop.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.backstop.config.StartupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoOutputTest {
  private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 22, 19, 50, 7);

  @TempDir private Path temporary;

  private DemoOutput in(Path directory) {
    return DemoOutput.create(Optional.of(directory), NOW);
  }

  @Test
  void shouldMakeADirectoryThatIsNotThere() {
    Path wanted = temporary.resolve("a").resolve("b");

    assertThat(in(wanted).directory()).isEqualTo(wanted).isEmptyDirectory();
  }

  @Test
  void shouldRefuseADirectoryThatHoldsSomething() throws Exception {
    Files.writeString(temporary.resolve("notes.txt"), "mine");

    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(() -> in(temporary))
        .withMessageContaining("is not empty: name another with --output");
  }

  @Test
  void shouldSayThatADirectoryCannotBeMade() throws Exception {
    Path file = Files.writeString(temporary.resolve("file"), "");

    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(() -> in(file.resolve("below")))
        .withMessageContaining("cannot be made")
        .withMessageEndingWith("name another with --output");
  }

  @Test
  void shouldNameWhatWasWrittenAndLeaveOutWorkInProgress() throws Exception {
    DemoOutput output = in(temporary);
    assertThat(WrittenFiles.lines(output)).isEmpty();

    write(output.csv().resolve(".lock"), "");
    write(
        output.csv().resolve("actions-000001.csv"),
        "time,idempotency_key,request_id\n1,k-1,r-1,\"a\nb\"\n1,k-1,r-1,c\n2,k-2,r-2,d\n");
    write(output.backups().resolve("3b").resolve("backup_1_k.json"), "{}");
    write(output.backups().resolve(".partial").resolve("x.json"), "{");
    write(output.mailbox().resolve("1.eml"), "");
    write(output.mailbox().resolve("2.eml"), "");

    assertThat(WrittenFiles.lines(output))
        .containsExactly(
            "  CSV log        %s  (2 requests)"
                .formatted(output.csv().resolve("actions-000001.csv")),
            "  backup files   %s  (1 file)".formatted(output.backups()),
            "  mailbox        %s  (2 mails)".formatted(output.mailbox()));
  }

  private static void write(Path file, String text) throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
