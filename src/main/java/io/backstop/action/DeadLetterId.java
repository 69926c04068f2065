package io.backstop.action;

/**
 * Names a dead letter by where its original stands, so that deriving it again gives the same id.
 */
public final class DeadLetterId {
  private DeadLetterId() {}

  public static String of(OriginalRecord original) {
    return original.getTopic() + "-" + original.getPartition() + "-" + original.getOffset();
  }
}
