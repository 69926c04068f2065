package io.backstop.executor.file;

import io.backstop.action.ActionRequest;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.HealthCheck;
import io.backstop.executor.Json;
import io.backstop.executor.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/** {@code local:backup}: the whole request, as its upstream sent it, in a JSON file of its own. */
public final class LocalBackup implements ActionExecutor {
  // each waits for the disk most of the time
  private static final int THREADS = 4;

  private final Target target = new Target("local:backup", PayloadFamily.FILE);
  private final WriterThreads threads = new WriterThreads(target.name(), THREADS);
  private final StagedFiles staged;
  private final BackupFiles files;
  private final Clock clock;

  public LocalBackup() {
    this(FileChannel::open, Clock.systemUTC());
  }

  LocalBackup(FileOpener opener, Clock clock) {
    this.staged = new StagedFiles(opener);
    this.files = new BackupFiles(staged);
    this.clock = clock;
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public boolean takesAnyPayload() {
    return true;
  }

  @Override
  public Optional<HealthCheck> healthCheck() {
    return Optional.of(new WritableCheck(target.service(), threads, staged));
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    FiledRequest filed = FiledRequest.of(request, context);
    return threads.start(
        () ->
            DirectoryStep.outcome(
                target.service(), context.service(), directory -> saved(filed, directory.path())));
  }

  private Outcome saved(FiledRequest filed, Path directory) throws IOException {
    Optional<Path> earlier = files.find(directory, filed.key());
    return earlier.isPresent()
        ? succeeded(earlier.get())
        : succeeded(write(filed, directory, clock.millis()));
  }

  private Path write(FiledRequest filed, Path directory, long now) throws IOException {
    ByteBuffer document = ByteBuffer.wrap(BackupDocument.of(filed, now));
    return files.write(directory, filed.key(), document, now);
  }

  private static Outcome succeeded(Path file) {
    return new Outcome.Succeeded(
        Json.object().put("file", file.toString()).toString(), OptionalInt.empty());
  }
}
