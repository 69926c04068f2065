package io.backstop.bench;

import java.util.List;
import java.util.Map;

/**
 * How to measure the take-over from an instance that is killed: each combination of the lists.
 *
 * @param keys in the store of idempotency keys
 * @param protocols of the group
 * @param standbys numbers of standby replicas
 * @param sessionTimeouts as in the configuration, or {@link #DEFAULT}
 * @param kills of each combination
 * @param instances of the group
 * @param perSecond requests
 * @param settings of Backstop, by full key
 */
public record TakeoverOptions(
    int keys,
    List<String> protocols,
    List<Integer> standbys,
    List<String> sessionTimeouts,
    int kills,
    int instances,
    int partitions,
    int perSecond,
    Map<String, String> settings) {

  /** The session timeout that holds when nothing is said. */
  public static final String DEFAULT = "default";
}
