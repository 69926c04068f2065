package io.backstop.replay;

import io.backstop.action.KeptOperation;
import java.util.List;

/**
 * What an event has made of an operation.
 *
 * @param effects in the order in which they are to be carried out
 */
record Transition(KeptOperation state, List<OperationEffect> effects) {

  /** How many letters it releases. */
  long released() {
    return effects.stream()
        .mapToLong(each -> each instanceof OperationEffect.Released some ? some.count() : 0)
        .sum();
  }
}
