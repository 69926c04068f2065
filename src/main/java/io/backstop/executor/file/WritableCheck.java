package io.backstop.executor.file;

import io.backstop.action.Outcome;
import io.backstop.executor.CallContext;
import io.backstop.executor.HealthCheck;
import io.backstop.executor.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/** Writes and removes a file, so that it fails for whatever would fail a request. */
final class WritableCheck implements HealthCheck {
  private final String service;
  private final WriterThreads threads;
  private final StagedFiles files;

  WritableCheck(String service, WriterThreads threads, StagedFiles files) {
    this.service = service;
    this.threads = threads;
    this.files = files;
  }

  @Override
  public CompletionStage<Outcome> check(CallContext context) {
    return threads.start(() -> DirectoryStep.outcome(service, context.service(), this::written));
  }

  private Outcome written(WorkDirectory directory) throws IOException {
    StagedFiles.discard(files.stage(directory.path(), ByteBuffer.wrap(new byte[] {'\n'})));
    return new Outcome.Succeeded(
        Json.object().put("directory", directory.path().toString()).toString(),
        OptionalInt.empty());
  }
}
