package io.backstop.action;

/** Something in the topology that can always be led back to the record it came from. */
public interface Traceable {
  OriginalRecord original();
}
