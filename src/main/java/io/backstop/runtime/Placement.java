package io.backstop.runtime;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which instance has which partitions of a store.
 *
 * @param partitions how many there are in all
 * @param here those of the instance that is asked
 * @param elsewhere those of each other instance; none is of two
 */
public record Placement(int partitions, Set<Integer> here, Map<Address, Set<Integer>> elsewhere) {

  /** Where two claim a partition, one of them has lost it and does not know yet: one is left. */
  public Placement {
    here = Set.copyOf(here);
    Set<Integer> taken = new HashSet<>(here);
    Map<Address, Set<Integer>> left = new HashMap<>();
    elsewhere.forEach(
        (address, claimed) ->
            left.put(address, claimed.stream().filter(taken::add).collect(Collectors.toSet())));
    elsewhere = Map.copyOf(left);
  }

  /** Partitions that nobody is known to have. */
  public Set<Integer> unowned() {
    Set<Integer> unowned =
        IntStream.range(0, partitions).boxed().collect(Collectors.toCollection(TreeSet::new));
    unowned.removeAll(here);
    elsewhere.values().forEach(unowned::removeAll);
    return unowned;
  }
}
