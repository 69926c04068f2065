package io.backstop.cli;

import io.backstop.config.StartupException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that takes its name only when all of it is written and on the disk. What is no file, such
 * as a pipe or a device, is written into as it is: it must not be replaced by a file.
 */
final class ReplacedFile implements AutoCloseable {
  private final String name;
  private final Path target;

  /** Where it is written until it is whole; the target where that cannot be replaced. */
  private final Path written;

  private final FileChannel channel;
  private final PrintWriter writer;
  private boolean finished;

  private ReplacedFile(String name, Path target, Path written) throws IOException {
    this.name = name;
    this.target = target;
    this.written = written;
    this.channel = FileChannel.open(written, StandardOpenOption.WRITE);
    Writer utf8 = Channels.newWriter(channel, StandardCharsets.UTF_8);
    this.writer = new PrintWriter(new BufferedWriter(utf8, 1 << 16));
  }

  /**
   * @throws StartupException when it cannot be written there
   */
  static ReplacedFile open(String name) {
    try {
      Path target = target(Path.of(name).toAbsolutePath());
      boolean isReplaceable = !Files.exists(target) || Files.isRegularFile(target);
      Path written =
          isReplaceable ? Files.createTempFile(target.getParent(), ".backstop-", ".part") : target;
      return new ReplacedFile(name, target, written);
    } catch (AccessDeniedException e) {
      throw unwritable(name, "permission denied", e);
    } catch (InvalidPathException | IOException e) {
      throw unwritable(name, e.getMessage(), e);
    }
  }

  /** The place itself, behind all links that lead to it. */
  private static Path target(Path path) throws IOException {
    Path target = Files.exists(path) ? path.toRealPath() : path;
    if (Files.isDirectory(target)) {
      throw new IOException("it is a directory; name a file in it");
    } else if (!Files.isDirectory(target.getParent())) {
      throw new IOException(
          "there is no directory %s; make it first".formatted(target.getParent()));
    }
    return target;
  }

  private static StartupException unwritable(String name, String why, Exception cause) {
    return new StartupException("%s cannot be written: %s".formatted(name, why), cause);
  }

  PrintWriter writer() {
    return writer;
  }

  /**
   * @return its name
   * @throws StartupException when not all could be written; what was there before is left
   */
  String finish() {
    return finish(target, name);
  }

  /**
   * As {@link #finish}, for a content that is not whole: what was there before is left, and the
   * content goes beside it.
   *
   * @return the name that it has, which is that of the file where it could not be replaced
   */
  String finishInPart() {
    return finish(target.resolveSibling(target.getFileName() + ".partial"), name + ".partial");
  }

  private String finish(Path place, String placeName) {
    try {
      if (writer.checkError()) {
        throw new IOException("not all of it could be written; the disk may be full");
      }
      if (isReplacing()) {
        channel.force(true);
        writer.close();
        Files.move(written, place, StandardCopyOption.ATOMIC_MOVE);
      }
      finished = true;
      return isReplacing() ? placeName : name;
    } catch (IOException e) {
      throw unwritable(name, e.getMessage(), e);
    }
  }

  private boolean isReplacing() {
    return !written.equals(target);
  }

  @Override
  public void close() throws IOException {
    writer.close();
    if (!finished && isReplacing()) {
      Files.deleteIfExists(written);
    }
  }
}
