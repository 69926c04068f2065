package io.backstop.executor.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file of the log, and the keys that are in it as far as it was read. The file alone is the
 * truth: what others appended is read before each append, from where reading ended. Used by one
 * thread, under the directory's lock.
 */
final class CsvFile {
  private static final Logger LOG = LoggerFactory.getLogger(CsvFile.class);
  private static final int CHUNK = 64 * 1024;

  private final Path path;
  private final FileOpener opener;
  private CsvIndex index = new CsvIndex();
  private Object identity;
  private boolean foreign;
  // behind the last whole request that was read
  private long end;
  private int endLine;

  /**
   * @param opener opens it to append to it
   */
  CsvFile(Path path, FileOpener opener) {
    this.path = path;
    this.opener = opener;
    forget();
  }

  Path path() {
    return path;
  }

  /** Where reading ended, in bytes. */
  long size() {
    return end;
  }

  /** Whether it has another header than ours, so that our lines do not belong into it. */
  boolean isForeign() {
    return foreign;
  }

  /** The line that the key's request begins on. */
  OptionalInt find(KeyDigest key) {
    return index.find(key);
  }

  /**
   * Reads what was appended since, and cuts off what a crash left at the end: half a line, or the
   * first rows of a request without its last. Such a request was never reported as written.
   */
  void readOn() throws IOException {
    if (!Files.exists(path)) {
      forget();
      return;
    }
    // not to write: an earlier file may have been locked away
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      Object found = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      if (!Objects.equals(found, identity) || channel.size() < end) {
        forget();
        identity = found;
      }
      if (end == 0) {
        readHeader(channel);
      }
      if (!foreign) {
        readRecords(channel);
        repair(channel.size() - end);
      }
    }
  }

  /** Appends the requests and syncs; all of them, or none when it throws. */
  void append(Collection<CsvLines> requests) throws IOException {
    try (FileChannel channel =
        opener.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      try {
        channel.position(end);
        if (end == 0) {
          write(channel, CsvLines.HEADER);
        }
        for (CsvLines request : requests) {
          write(channel, request.bytes());
        }
        channel.force(false);
      } catch (IOException e) {
        takeBack(channel, e);
        throw e;
      }
    }
    // the index learns of them as it learns of those of others
    readOn();
  }

  /** Brings to the disk what was found in it. */
  void sync() throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.force(false);
    }
  }

  private void forget() {
    index = new CsvIndex();
    identity = null;
    foreign = false;
    end = 0;
    endLine = 1;
  }

  private void readHeader(FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(CsvLines.HEADER.length);
    while (start.hasRemaining() && channel.read(start, start.position()) >= 0) {
      continue;
    }
    int read = start.position();
    foreign = !Arrays.equals(start.array(), 0, read, CsvLines.HEADER, 0, read);
    if (!foreign && read == CsvLines.HEADER.length) {
      end = read;
      endLine = 2;
    }
  }

  private void readRecords(FileChannel channel) throws IOException {
    if (end == 0) {
      return;
    }
    CsvScanner scanner = new CsvScanner(end, endLine);
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    CsvScanner.Found first = null;
    for (long at = end; channel.read(chunk, at) > 0; chunk.clear()) {
      at += chunk.position();
      chunk.flip();
      while (chunk.hasRemaining()) {
        CsvScanner.Found found = scanner.next(chunk.get());
        if (found != null) {
          if (first == null || found.row() <= 1) {
            // rows before it without their last are what somebody left over by hand
            end = found.start();
            endLine = found.line();
            first = found;
          }
          if (found.row() >= found.rows()) {
            index.put(first.digest(), first.line());
            end = found.end();
            endLine = scanner.line();
            first = null;
          }
        }
      }
    }
  }

  private void repair(long excess) throws IOException {
    if (excess > 0) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.truncate(end);
      }
      LOG.warn("half-written lines removed file={} bytes={}", path, excess);
    }
  }

  private void takeBack(FileChannel channel, IOException failure) {
    try {
      channel.truncate(end);
    } catch (IOException e) {
      // the next append repairs it
      failure.addSuppressed(e);
    }
  }

  private static void write(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }
}
