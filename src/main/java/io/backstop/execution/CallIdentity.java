package io.backstop.execution;

import io.backstop.action.Lineage;
import io.backstop.action.Work;
import java.util.Optional;

/**
 * What a service knows a call by. A request that is to be done though it was done before has a key
 * of its own in each generation: a service that honours keys would not do it again otherwise.
 *
 * @param generation 0 unless the request was replayed
 */
record CallIdentity(String idempotencyKey, int generation) {

  static CallIdentity of(Work work) {
    Optional<Lineage> replay = Lineage.of(work.original().getHeaders());
    int generation = replay.map(Lineage::generation).orElse(0);
    boolean forced = replay.map(Lineage::forced).orElse(false);
    String key = work.idempotencyKey();
    return new CallIdentity(forced ? key + "-g" + generation : key, generation);
  }
}
