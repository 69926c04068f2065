package io.backstop.executor.file;

import io.backstop.action.FailureClass;
import io.backstop.action.Outcome;
import io.backstop.config.ServiceAccess;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.function.Function;

/** Work in a target's directory, which is there. */
@FunctionalInterface
interface DirectoryStep<T> {
  T in(WorkDirectory directory) throws IOException;

  /**
   * Makes the service's directory where it is missing and takes the step in it.
   *
   * @param failed makes the answer of a failure, which says what is wrong and how to mend it
   */
  static <T> T take(
      String service, ServiceAccess access, DirectoryStep<T> step, Function<Outcome, T> failed) {
    WorkDirectory directory;
    try {
      directory = WorkDirectory.of(service, access);
    } catch (InvalidPathException e) {
      return failed.apply(
          FileFailures.permanent(
              FailureClass.VALIDATION,
              "%s is not a path: %s".formatted(WorkDirectory.settingOf(service), e.getMessage())));
    }
    try {
      directory.create();
      return step.in(directory);
    } catch (IOException e) {
      return failed.apply(FileFailures.outcome(e, directory));
    }
  }

  /** As {@link #take}, for a step whose answer is the outcome. */
  static Outcome outcome(String service, ServiceAccess access, DirectoryStep<Outcome> step) {
    return take(service, access, step, Function.identity());
  }
}
