package io.backstop.execution;

import io.backstop.action.Cascade;
import io.backstop.action.InFlightWork;
import io.backstop.action.Lineage;
import io.backstop.action.RecordHeader;
import io.backstop.action.StoredCascade;
import java.time.Instant;
import java.util.List;
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

  /**
   * Whether work stands in the topic of just this step. A replay of its key, which somebody has
   * sent to the same step, is not it.
   *
   * @param headers of the record that has come from there
   */
  static boolean isHopTo(InFlightWork stored, Cascade step, List<RecordHeader> headers) {
    StoredCascade cascade = stored == null ? null : stored.getCascade();
    return cascade != null
        && cascade.getHopping()
        && cascade.getPosition() == step.position()
        && cascade.getParks() == step.parks()
        && Lineage.of(stored.getOriginal().getHeaders()).equals(Lineage.of(headers));
  }

  static OptionalLong millis(Instant time) {
    return time == null ? OptionalLong.empty() : OptionalLong.of(time.toEpochMilli());
  }
}
