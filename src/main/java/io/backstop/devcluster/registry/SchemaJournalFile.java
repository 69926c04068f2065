package io.backstop.devcluster.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.backstop.config.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One JSON object per line, forced to disk before a client gets its answer. A line without its end
 * was torn by a crash, so no client has had an answer to it, and it is cut off at the next start.
 */
final class SchemaJournalFile implements SchemaJournal {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaJournalFile.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileChannel file;

  private SchemaJournalFile(FileChannel file) {
    this.file = file;
  }

  /**
   * Opens the journal, creating it where it is missing, and hands over what it holds.
   *
   * @throws StartupException when it cannot be read or written or is not a journal
   */
  static SchemaJournalFile open(Path path, Consumer<SchemaEvent> replay) {
    try {
      Files.createDirectories(path.getParent());
      var file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        long whole = replay(path, replay);
        if (whole < file.size()) {
          LOG.warn("registry journal torn path={} cutBytes={}", path, file.size() - whole);
          file.truncate(whole);
        }
        file.position(whole);
        return new SchemaJournalFile(file);
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StartupException("the registry's file " + path + " cannot be used: " + e, e);
    }
  }

  @Override
  public void append(SchemaEvent event) {
    try {
      long start = file.position();
      try {
        var line =
            ByteBuffer.wrap(
                (JSON.writeValueAsString(event) + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
          file.write(line);
        }
        file.force(false);
      } catch (IOException e) {
        file.truncate(start);
        throw e;
      }
    } catch (IOException e) {
      throw RegistryError.notStored(e.toString());
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Length of what is whole, in bytes. */
  private static long replay(Path path, Consumer<SchemaEvent> replay) throws IOException {
    var bytes = Files.readAllBytes(path);
    int whole = bytes.length;
    while (whole > 0 && bytes[whole - 1] != '\n') {
      whole--;
    }
    int number = 0;
    for (var line : new String(bytes, 0, whole, StandardCharsets.UTF_8).lines().toList()) {
      number++;
      try {
        replay.accept(JSON.readValue(line, SchemaEvent.class));
      } catch (JsonProcessingException | RuntimeException e) {
        throw new StartupException(
            "the registry's file "
                + path
                + " is damaged in line "
                + number
                + ": mend the line or move the file away",
            e);
      }
    }
    return whole;
  }
}
