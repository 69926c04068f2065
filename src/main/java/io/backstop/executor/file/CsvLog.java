package io.backstop.executor.file;

import io.backstop.action.ActionRequest;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.action.TablePayload;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.HealthCheck;
import io.backstop.executor.Problems;
import io.backstop.executor.Target;
import java.nio.channels.FileChannel;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code csv:log}: a line for each row of the payload's table, in files that all tasks and all
 * processes with the same directory share.
 */
public final class CsvLog implements ActionExecutor {
  /** Some 100,000 lines, of which the keys of two files are on the heap. */
  private static final long FULL_FILE = 16L * 1024 * 1024;

  private final Target target = new Target("csv:log", PayloadFamily.TABLE);
  private final WriterThreads checks = new WriterThreads(target.name(), 1);
  private final StagedFiles staged = new StagedFiles(FileChannel::open);
  private final CsvAppends appends;

  public CsvLog() {
    this(Clock.systemUTC(), FULL_FILE, WriterThreads.LONGEST_QUEUE, FileChannel::open);
  }

  CsvLog(Clock clock, long fullAt, int longestQueue, FileOpener opener) {
    this.appends =
        new CsvAppends(
            target, clock, longestQueue, directory -> new CsvDirectory(directory, fullAt, opener));
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public List<String> problems(ActionRequest request) {
    TablePayload table = (TablePayload) request.getPayload();
    return new Problems()
        .require("payload.rows", table.getRows(), "write at least one row of cells")
        .found();
  }

  @Override
  public Optional<HealthCheck> healthCheck() {
    return Optional.of(new WritableCheck(target.service(), checks, staged));
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    var ended = new CompletableFuture<Outcome>();
    appends.start(
        new CsvAppends.Append(FiledRequest.of(request, context), context.service(), ended));
    return ended;
  }
}
