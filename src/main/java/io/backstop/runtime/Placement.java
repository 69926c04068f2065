package io.backstop.runtime;

import java.util.Map;
import java.util.Set;

/**
 * Which instance has which partitions of a store.
 *
 * @param partitions how many there are in all
 * @param here those of the instance that is asked
 * @param elsewhere those of each other instance
 */
public record Placement(int partitions, Set<Integer> here, Map<Address, Set<Integer>> elsewhere) {

  public Placement {
    here = Set.copyOf(here);
    elsewhere = Map.copyOf(elsewhere);
  }
}
