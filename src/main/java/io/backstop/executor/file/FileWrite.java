package io.backstop.executor.file;

import io.backstop.action.ActionRequest;
import io.backstop.action.FailureClass;
import io.backstop.action.FilePayload;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.HealthCheck;
import io.backstop.executor.Json;
import io.backstop.executor.Problems;
import io.backstop.executor.Target;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code file:write}: the payload's content under the payload's name, in one configured directory
 * and nowhere else. The payload's folder is an id of another service and means nothing here.
 */
public final class FileWrite implements ActionExecutor {
  // each waits for the disk most of the time
  private static final int THREADS = 4;

  private final Target target = new Target("file:write", PayloadFamily.FILE);
  private final WriterThreads threads = new WriterThreads(target.name(), THREADS);
  private final StagedFiles staged;
  private final NamedFiles files;

  public FileWrite() {
    this(FileChannel::open);
  }

  FileWrite(FileOpener opener) {
    this.staged = new StagedFiles(opener);
    this.files = new NamedFiles(staged);
  }

  /** Whether a request may give this name to a file. */
  public static boolean takes(String name) {
    return FileName.problem(name).isEmpty();
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public List<String> problems(ActionRequest request) {
    FilePayload payload = (FilePayload) request.getPayload();
    Problems problems = new Problems();
    FileName.problem(payload.getName()).ifPresent(sentence -> problems.check(false, sentence));
    return problems
        .check(
            payload.getContent() != null,
            "payload.content is missing: there is nothing to write to the file")
        .found();
  }

  @Override
  public Optional<HealthCheck> healthCheck() {
    return Optional.of(new WritableCheck(target.service(), threads, staged));
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    List<String> problems = problems(request);
    if (!problems.isEmpty()) {
      return CompletableFuture.completedFuture(refused(String.join("; ", problems)));
    }
    FilePayload payload = (FilePayload) request.getPayload();
    return threads.start(
        () ->
            DirectoryStep.outcome(
                target.service(),
                context.service(),
                directory -> written(payload, context.idempotencyKey(), directory.path())));
  }

  private Outcome written(FilePayload payload, String key, Path directory) throws IOException {
    try {
      Path file = files.write(directory, payload.getName(), key, payload.getContent());
      return new Outcome.Succeeded(
          Json.object()
              .put("file", file.toString())
              .put("bytes", payload.getContent().remaining())
              .toString(),
          OptionalInt.empty());
    } catch (InvalidPathException e) {
      return refused(
          "payload.name cannot be the name of a file here: %s; where it holds other letters than"
                  .formatted(e.getReason())
              + " ASCII, start the processor under a UTF-8 locale (LANG=C.UTF-8)");
    }
  }

  private static Outcome refused(String reason) {
    return FileFailures.permanent(FailureClass.VALIDATION, reason);
  }
}
