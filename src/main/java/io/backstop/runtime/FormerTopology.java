package io.backstop.runtime;

import io.backstop.config.StartupException;
import org.apache.kafka.common.errors.InvalidRequestException;

/**
 * A group of the {@code streams} protocol keeps the topology that it was founded with, and brokers
 * take no member with another one (KAFKA-20170). Ours changes with versions, and with settings that
 * its topics are made from.
 */
final class FormerTopology {
  private static final String REFUSAL = "Topology updates are not supported";

  private FormerTopology() {}

  /** Whether the group refuses this instance for it: no new thread would fare better. */
  static boolean refuses(Throwable cause) {
    return cause instanceof InvalidRequestException && ("" + cause.getMessage()).contains(REFUSAL);
  }

  /** The same, with what to do. */
  static StartupException explained(Throwable cause) {
    return new StartupException(
        "the group on the brokers was founded by another version, or with another"
            + " idempotency.retention or intake.partitioning, and takes no other topology: stop all"
            + " instances, start one with backstop.kafka.group-protocol: classic until it is ready,"
            + " and stop it; then start all as before (docs/running-a-fleet.md, 'Another version')",
        cause);
  }
}
