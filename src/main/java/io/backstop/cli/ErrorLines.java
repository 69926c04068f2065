package io.backstop.cli;

import io.backstop.config.StartupException;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Ends a failed command with one line on standard error and the exit code of its kind. */
final class ErrorLines implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final BooleanSupplier debug;

  /**
   * @param debug whether to print stack traces; asked at the time of the error
   */
  ErrorLines(BooleanSupplier debug) {
    this.debug = debug;
  }

  @Override
  public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (error instanceof StartupException) {
      err.println("backstop: " + error.getMessage());
      trace(error, err);
      return ExitCode.CANNOT_START;
    }
    err.println("backstop: internal error: " + described(error) + traceHint());
    trace(error, err);
    return ExitCode.INTERNAL;
  }

  @Override
  public int handleParseException(ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println("backstop: " + error.getMessage() + "; see '" + name + " --help'");
    UnmatchedArgumentException.printSuggestions(error, err);
    trace(error, err);
    return ExitCode.USAGE;
  }

  private static String described(Exception error) {
    String message = error.getMessage();
    String firstLine = message == null ? "" : message.lines().findFirst().orElse("");
    return error.getClass().getSimpleName() + (firstLine.isEmpty() ? "" : ": " + firstLine);
  }

  private String traceHint() {
    return debug.getAsBoolean() ? "" : " (--debug shows where)";
  }

  private void trace(Exception error, PrintWriter err) {
    if (debug.getAsBoolean()) {
      error.printStackTrace(err);
    }
  }
}
