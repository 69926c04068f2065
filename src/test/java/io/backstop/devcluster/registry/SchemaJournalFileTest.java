package io.backstop.devcluster.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.backstop.config.StartupException;
import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaJournalFileTest {
  private static final List<SchemaEvent> EVENTS =
      List.of(
          new SchemaEvent.Registered(
              "s",
              1,
              1,
              new SchemaContent(
                  "\"string\"", List.of(new SchemaContent.Reference("n", "other", 3)))),
          new SchemaEvent.Hidden("s", 1),
          new SchemaEvent.Erased("s", 1),
          new SchemaEvent.LevelSet("s", CompatibilityLevel.FULL_TRANSITIVE),
          new SchemaEvent.LevelUnset("s"));

  @TempDir private Path temp;
  private Path path;

  @BeforeEach
  void writeEvents() {
    path = temp.resolve("registry").resolve("schemas.jsonl");
    try (var journal = SchemaJournalFile.open(path, event -> {})) {
      EVENTS.forEach(journal::append);
    }
  }

  @Test
  void shouldReplayWhatItKept() {
    assertThat(replay()).isEqualTo(EVENTS);
  }

  @Test
  void shouldCutOffATornLastLineAndGoOn() throws Exception {
    Files.write(path, new byte[] {'{', '"', (byte) 0xC3}, StandardOpenOption.APPEND);

    assertThat(replay()).isEqualTo(EVENTS);
    try (var journal = SchemaJournalFile.open(path, event -> {})) {
      journal.append(new SchemaEvent.Hidden("t", 2));
    }

    assertThat(replay()).endsWith(new SchemaEvent.Hidden("t", 2)).hasSize(EVENTS.size() + 1);
  }

  @Test
  void shouldNameTheLineThatIsDamaged() throws Exception {
    Files.writeString(path, "nonsense\n", StandardOpenOption.APPEND);

    assertThatThrownBy(this::replay)
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining("line 6");
  }

  private List<SchemaEvent> replay() {
    var events = new ArrayList<SchemaEvent>();
    SchemaJournalFile.open(path, events::add).close();
    return events;
  }
}
