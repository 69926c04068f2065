package io.backstop.execution;

import io.backstop.action.Outcome;
import io.backstop.action.RequestLog;
import io.backstop.action.TerminalOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines of the log about calls and requests that ended, for who follows single requests. */
final class CallLines {
  private static final Logger LOG = LoggerFactory.getLogger(CallLines.class);

  private CallLines() {}

  static void ended(RunningCall call, Outcome outcome, long took) {
    if (LOG.isDebugEnabled()) {
      RequestLog.about(
          call.work(),
          () ->
              LOG.debug(
                  "call ended target={} attempt={} outcome={} failure={} took={}",
                  call.work().target(),
                  call.number(),
                  CallWords.outcome(outcome),
                  CallWords.failure(outcome),
                  took));
    }
  }

  static void ended(TerminalOutcome outcome) {
    if (LOG.isDebugEnabled()) {
      RequestLog.about(
          outcome.work(),
          () ->
              LOG.debug(
                  "request ended action={} outcome={} attempts={}",
                  outcome.work().request().getAction(),
                  outcome.getClass().getSimpleName(),
                  outcome.work().attempts().size()));
    }
  }
}
