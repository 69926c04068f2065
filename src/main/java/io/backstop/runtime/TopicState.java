package io.backstop.runtime;

/**
 * How one required topic stands.
 *
 * @param partitions as they are; 0 for a missing topic
 * @param note what is wrong and what to do; empty where nothing is
 */
public record TopicState(String topic, Status status, int partitions, String note) {

  /** How a topic stands. */
  public enum Status {
    /** It is there and fits. */
    READY,
    /** It was missing and now is there. */
    CREATED,
    /** It is not there. */
    MISSING,
    /** It is there, but the processor cannot work with it. */
    WRONG
  }

  /** Whether the processor can work with it. */
  public boolean usable() {
    return status == Status.READY || status == Status.CREATED;
  }
}
