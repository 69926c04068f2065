package io.backstop.executor.file;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Brings a directory's entries to the disk: on POSIX systems a file that was synced can still be
 * lost with the name that it was given.
 */
final class DirectorySync {
  private DirectorySync() {}

  /** Without effect on Windows, which opens no directories and needs no such call. */
  static void force(Path directory) throws IOException {
    if (File.separatorChar == '\\') {
      return;
    }
    try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }
}
