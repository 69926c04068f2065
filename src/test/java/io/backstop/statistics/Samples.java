package io.backstop.statistics;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.Attempt;
import io.backstop.action.AttemptOutcome;
import io.backstop.action.Cascade;
import io.backstop.action.Failure;
import io.backstop.action.FailureClass;
import io.backstop.action.FallbackReport;
import io.backstop.action.FallbackUse;
import io.backstop.action.OriginalRecord;
import io.backstop.action.QueueCounts;
import io.backstop.action.RecordHeader;
import io.backstop.action.ResultStatus;
import io.backstop.action.TaskPayload;
import io.backstop.action.TerminalOutcome;
import io.backstop.action.Work;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the tests of the statistics are about. */
final class Samples {
  static final long NOW = 1_772_000_000_000L;
  static final String PRIMARY = "notion:createPage";
  static final String TRELLO = "trello:createCard";
  static final String CSV = "csv:log";

  private Samples() {}

  /** Work at a step, with an attempt at its primary action and at each of {@code tried}. */
  static Work work(List<String> steps, int position, String... tried) {
    List<Attempt> attempts = new ArrayList<>();
    attempts.add(attempt(PRIMARY, AttemptOutcome.RETRYABLE));
    for (String target : tried) {
      attempts.add(attempt(target, AttemptOutcome.REJECTED));
    }
    Cascade cascade = Cascade.of(steps, "configuration");
    return work(position < 0 ? cascade : cascade.at(position), attempts, List.of());
  }

  static Work work(Cascade cascade, List<Attempt> attempts, List<RecordHeader> headers) {
    var request =
        ActionRequest.newBuilder()
            .setRequestId("r-1")
            .setAction(PRIMARY)
            .setPayload(TaskPayload.newBuilder().setTitle("t").setContainer("c").build())
            .build();
    var original =
        new OriginalRecord("actions.requests", 0, 1L, 2L, null, ByteBuffer.allocate(1), headers);
    return new Work(request, "k-1", original, NOW, attempts, cascade);
  }

  static Attempt attempt(String target, AttemptOutcome outcome) {
    return Attempt.newBuilder()
        .setTarget(target)
        .setNumber(1)
        .setStartedAt(Instant.ofEpochMilli(NOW))
        .setDurationMs(5)
        .setOutcome(outcome)
        .build();
  }

  static ActionResult.Builder result(Work work) {
    return ActionResult.newBuilder()
        .setRequestId("r-1")
        .setIdempotencyKey("k-1")
        .setStatus(ResultStatus.SUCCEEDED)
        .setPrimaryAction(PRIMARY)
        .setAttempts(work.attempts())
        .setReceivedAt(Instant.ofEpochMilli(NOW))
        .setCompletedAt(Instant.ofEpochMilli(NOW));
  }

  /** The step did it. */
  static TerminalOutcome doneBy(String step, Work work) {
    return new TerminalOutcome.Done(
        work,
        result(work)
            .setExecutedViaFallback(true)
            .setFallbackAction(step)
            .setOriginalError("SERVER_ERROR: notion is down")
            .build());
  }

  static TerminalOutcome dead(Work work) {
    return new TerminalOutcome.DeadLettered(
        work, Failure.ofWork(work, work.attempts(), FailureClass.SERVER_ERROR, "nothing worked"));
  }

  static FallbackReport report(FallbackUse... uses) {
    return new FallbackReport("0", Instant.ofEpochMilli(NOW), List.of(uses), null);
  }

  static FallbackReport report(String task, QueueCounts queue) {
    return new FallbackReport(task, Instant.ofEpochMilli(NOW), List.of(), queue);
  }

  static FallbackUse use(String step, long succeeded, long failed) {
    return use(PRIMARY, step, succeeded, failed, NOW);
  }

  static FallbackUse use(String primary, String step, long succeeded, long failed, long at) {
    return new FallbackUse(primary, step, succeeded, failed, Instant.ofEpochMilli(at), "down");
  }

  static QueueCounts queue(long waiting, long due, String submitter) {
    return QueueCounts.newBuilder()
        .setWaiting(waiting)
        .setDue(due)
        .setByPriority(Map.of("HIGH", waiting, "LOW", due))
        .setBySubmitter(Map.of(submitter, waiting + due))
        .build();
  }
}
