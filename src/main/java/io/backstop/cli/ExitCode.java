package io.backstop.cli;

/** Exit codes of every command, as the root command's help lists them. */
public final class ExitCode {
  /** Done. */
  public static final int OK = 0;

  /** Done, but something in it failed: a bad line, a lost request. */
  public static final int FAILED = 1;

  /** The command line is wrong. */
  public static final int USAGE = 2;

  /** Cannot start: configuration, broker, registry, topic, port. */
  public static final int CANNOT_START = 3;

  /** What was asked for has stopped before its end: it was cancelled, or has stopped by itself. */
  public static final int STOPPED = 4;

  /** A defect of this program. */
  public static final int INTERNAL = 70;

  private ExitCode() {}
}
