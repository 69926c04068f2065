package io.backstop.executor.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files appear under their names only when they are whole and on the disk: they are written and
 * synced beside, then renamed. Thread-safe.
 */
final class StagedFiles {
  /** Folder of unfinished files: on the same disk as the finished ones, so a rename is atomic. */
  static final String FOLDER = ".partial";

  private static final Logger LOG = LoggerFactory.getLogger(StagedFiles.class);
  // no write lasts that long, so its process has died
  private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

  private final FileOpener opener;
  private final Set<Path> swept = ConcurrentHashMap.newKeySet();

  StagedFiles(FileOpener opener) {
    this.opener = opener;
  }

  /**
   * A new file with the content, synced; the caller renames or discards it.
   *
   * @param directory the target's directory, which is there
   */
  Path stage(Path directory, ByteBuffer content) throws IOException {
    Path folder = directory.resolve(FOLDER);
    if (swept.add(folder)) {
      sweep(folder);
    }
    Files.createDirectories(folder);
    Path file = folder.resolve(UUID.randomUUID().toString());
    try {
      write(file, content.duplicate());
      return file;
    } catch (IOException | RuntimeException | Error e) {
      discard(file);
      throw e;
    }
  }

  /** Gives a staged file its name, in place of what bears it; the caller syncs the directory. */
  static void rename(Path staged, Path to) throws IOException {
    Files.move(staged, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Without effect on a file that was renamed. */
  static void discard(Path staged) {
    try {
      Files.deleteIfExists(staged);
    } catch (IOException e) {
      // swept by a later process
      LOG.debug("partial file not deleted file={} error={}", staged, e.toString());
    }
  }

  private void write(Path file, ByteBuffer content) throws IOException {
    try (FileChannel channel =
        opener.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
  }

  private static void sweep(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    long oldest = System.currentTimeMillis() - ABANDONED_AFTER.toMillis();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toMillis() < oldest) {
          discard(file);
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      LOG.debug("partial files not swept folder={} error={}", folder, e.toString());
    }
  }
}
