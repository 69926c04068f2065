package io.backstop.executor.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * A directory for one thread of one process at a time. A file lock belongs to the whole process, so
 * a lock of the process comes first; the system takes the file lock from a process that dies.
 *
 * <p>Waits for as long as the holder works. A thread takes one at a time.
 */
final class DirectoryLock {
  /** Name of the file that is locked; it stays, empty. */
  static final String FILE = ".lock";

  // Locks only, no state: their number is fixed, and two directories that share one merely wait.
  private static final Lock[] WITHIN_PROCESS =
      Stream.generate(ReentrantLock::new).limit(64).toArray(Lock[]::new);

  private DirectoryLock() {}

  /** What is done while the lock is held. */
  @FunctionalInterface
  interface Work<T> {
    T done() throws IOException;
  }

  /**
   * @param directory one that is there
   */
  static <T> T hold(Path directory, Work<T> work) throws IOException {
    // one directory has one lock, whichever links lead to it
    Path real = directory.toRealPath();
    Lock lock = WITHIN_PROCESS[Math.floorMod(real.hashCode(), WITHIN_PROCESS.length)];
    lock.lock();
    // the file is closed before the lock is given back: closing it later would end the next one's
    try (FileChannel file =
        FileChannel.open(real.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.lock();
      return work.done();
    } finally {
      lock.unlock();
    }
  }
}
