package io.backstop.limit;

import io.backstop.action.FleetNews;
import io.backstop.action.FleetState;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The targets that operators have paused, as this process knows them. Thread-safe: asked for every
 * call, changed seldom.
 */
public final class PausedTargets implements FleetNews {
  private static final Logger LOG = LoggerFactory.getLogger(PausedTargets.class);

  private volatile Set<String> paused = Set.of();

  /** Whether no call to a target may be started now. */
  public boolean isPaused(String target) {
    Set<String> now = paused;
    return !now.isEmpty() && now.contains(target);
  }

  /** Takes what is published under {@code pause:<target>}. */
  @Override
  public synchronized void changed(String target, FleetState state) {
    Set<String> next = new HashSet<>(paused);
    boolean isPaused = state != null && state.getPause() != null;
    boolean isNew = isPaused ? next.add(target) : next.remove(target);
    if (isNew) {
      paused = Set.copyOf(next);
      LOG.info("target {} target={}", isPaused ? "paused" : "resumed", target);
    }
  }
}
