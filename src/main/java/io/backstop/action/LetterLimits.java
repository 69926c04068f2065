package io.backstop.action;

/** How large a dead letter may be. */
public final class LetterLimits {

  /**
   * Most bytes of a letter together with the key and headers of its record: what its topic and the
   * changelogs of the desk take (4 MiB), less room for the frames of records and stores.
   */
  public static final int MOST_BYTES = 4 * 1024 * 1024 - 64 * 1024;

  private LetterLimits() {}
}
