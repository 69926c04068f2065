package io.backstop.cli;

import io.backstop.config.StartupException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that takes its name only when all of it is written and on the disk. */
final class ReplacedFile implements AutoCloseable {
  private final Path target;
  private final Path temporary;
  private final FileChannel channel;
  private final PrintWriter writer;
  private boolean finished;

  private ReplacedFile(Path target, Path temporary, FileChannel channel) {
    this.target = target;
    this.temporary = temporary;
    this.channel = channel;
    Writer utf8 = Channels.newWriter(channel, StandardCharsets.UTF_8);
    this.writer = new PrintWriter(new BufferedWriter(utf8, 1 << 16));
  }

  /**
   * @throws StartupException when it cannot be written there
   */
  static ReplacedFile open(String file) {
    Path target = Path.of(file).toAbsolutePath();
    try {
      Path temporary = Files.createTempFile(target.getParent(), ".backstop-", ".part");
      return new ReplacedFile(
          target, temporary, FileChannel.open(temporary, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw new StartupException(file + " cannot be written: " + e, e);
    }
  }

  PrintWriter writer() {
    return writer;
  }

  /**
   * @throws StartupException when not all could be written; what was there before is left
   */
  void finish() {
    try {
      if (writer.checkError()) {
        throw new IOException("not all of it could be written; the disk may be full");
      }
      channel.force(true);
      writer.close();
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      finished = true;
    } catch (IOException e) {
      throw new StartupException(target + " cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    if (!finished) {
      writer.close();
      Files.deleteIfExists(temporary);
    }
  }
}
