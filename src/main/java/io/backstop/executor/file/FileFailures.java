package io.backstop.executor.file;

import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The outcome of file work that failed: what is wrong, where, and how to mend it. What only a
 * person can mend is permanent, so that the next step is taken at once; space and handles can come
 * back.
 */
final class FileFailures {
  private FileFailures() {}

  static Outcome outcome(IOException failure, WorkDirectory directory) {
    String where = where(failure, directory);
    String reason = reason(failure);
    if (failure instanceof AccessDeniedException || reason.contains("Read-only file system")) {
      return permanent(
          FailureClass.AUTHENTICATION,
          "%s cannot be written: %s; let the user that runs Backstop write below %s, or set %s"
              .formatted(where, reason, directory.path(), directory.setting()));
    } else if (failure instanceof FileAlreadyExistsException
        || failure instanceof NotDirectoryException
        || reason.contains("Not a directory")) {
      return permanent(
          FailureClass.RESOURCE_EXHAUSTED,
          "%s is in the way: it is no directory; move it away, or set %s"
              .formatted(where, directory.setting()));
    } else if (reason.contains("File name too long")) {
      return permanent(
          FailureClass.VALIDATION, where + " cannot be made: the name is too long; shorten it");
    }
    return retryable(
        "%s cannot be written: %s; %s".formatted(where, reason, mend(failure, directory)));
  }

  /** The target has as much to write as it takes. */
  static Outcome busy(String target, int waiting) {
    return retryable(
        "%d requests already wait to be written by %s: its disk is slow or hangs; look at the disk, or"
                .formatted(waiting, target)
            + " lower max-concurrent-calls of its service");
  }

  static Outcome.Permanent permanent(FailureClass failureClass, String message) {
    return new Outcome.Permanent(failureClass, message, OptionalInt.empty());
  }

  private static Outcome retryable(String message) {
    return new Outcome.Retryable(
        FailureClass.RESOURCE_EXHAUSTED, message, OptionalInt.empty(), Optional.empty());
  }

  private static String mend(IOException failure, WorkDirectory directory) {
    String reason = reason(failure);
    if (reason.contains("Too many open files")) {
      return "raise the limit of open files of the process (ulimit -n)";
    } else if (failure instanceof NoSuchFileException) {
      return "leave it where it is while the processor runs";
    }
    return "free space on its disk, or set %s to a directory on another"
        .formatted(directory.setting());
  }

  private static String where(IOException failure, WorkDirectory directory) {
    return failure instanceof FileSystemException named && named.getFile() != null
        ? named.getFile()
        : directory.path().toString();
  }

  private static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    } else if (failure instanceof NoSuchFileException) {
      return "it went away";
    } else if (failure instanceof FileSystemException named && named.getReason() != null) {
      return named.getReason();
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
