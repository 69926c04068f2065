package io.backstop.executor.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Files under names that requests choose. What bears the name already is never touched: the same
 * content is left as it is, other content goes beside it, under the name and a digest of key and
 * content, which is the same at every repeat. Thread-safe, also between processes that share the
 * directory.
 */
final class NamedFiles {
  private static final int DIGEST_DIGITS = 16;

  private final StagedFiles staged;

  NamedFiles(StagedFiles staged) {
    this.staged = staged;
  }

  /**
   * The file with the content, whole and on the disk.
   *
   * @param name one that {@link FileName} takes
   * @throws java.nio.file.InvalidPathException when the process cannot write such a name
   */
  Path write(Path directory, String name, String key, ByteBuffer content) throws IOException {
    String digest = KeyDigest.of(key, content).hex().substring(0, DIGEST_DIGITS);
    Path plain = directory.resolve(name);
    Path beside = directory.resolve(FileName.with(name, digest));
    Path unfinished = staged.stage(directory, content);
    try {
      // between looking and renaming nobody else may do the same
      Path file = DirectoryLock.hold(directory, () -> place(unfinished, plain, beside));
      DirectorySync.force(directory);
      return file;
    } finally {
      StagedFiles.discard(unfinished);
    }
  }

  private static Path place(Path unfinished, Path plain, Path beside) throws IOException {
    if (exists(beside)) {
      return beside;
    } else if (exists(plain)) {
      if (isSame(plain, unfinished)) {
        return plain;
      }
      StagedFiles.rename(unfinished, beside);
      return beside;
    }
    StagedFiles.rename(unfinished, plain);
    return plain;
  }

  /** A link exists as such, wherever it leads. */
  private static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isSame(Path file, Path unfinished) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) == Files.size(unfinished)
        && Files.mismatch(file, unfinished) < 0;
  }
}
