package io.backstop.execution;

import io.backstop.action.Cascade;
import io.backstop.action.StoredCascade;
import java.time.Instant;
import java.util.OptionalLong;

/** Cascades as the in-flight store holds them: none until the primary action has failed. */
final class StoredCascades {
  private StoredCascades() {}

  /**
   * @param hopping whether the request stands in the topic of its step
   */
  static StoredCascade stored(Cascade cascade, boolean hopping) {
    return cascade.hasBegun()
        ? new StoredCascade(
            cascade.steps(),
            cascade.position(),
            cascade.source(),
            hopping,
            cascade.parks(),
            cascade.parkedSince().isPresent()
                ? Instant.ofEpochMilli(cascade.parkedSince().getAsLong())
                : null)
        : null;
  }

  static Cascade read(StoredCascade stored) {
    return stored == null
        ? Cascade.NOT_BEGUN
        : new Cascade(
            stored.getSteps(),
            stored.getPosition(),
            stored.getSource(),
            stored.getParks(),
            millis(stored.getParkedSince()));
  }

  /** Whether it stands in the topic of just this step. */
  static boolean isHopTo(StoredCascade stored, Cascade step) {
    return stored != null
        && stored.getHopping()
        && stored.getPosition() == step.position()
        && stored.getParks() == step.parks();
  }

  static OptionalLong millis(Instant time) {
    return time == null ? OptionalLong.empty() : OptionalLong.of(time.toEpochMilli());
  }
}
