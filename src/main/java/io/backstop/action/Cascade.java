package io.backstop.action;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Where a request is in its fallback steps. The steps are fixed when its primary action fails for
 * the first time, so that a strategy that changes meanwhile does not mix two orders.
 *
 * @param steps in order
 * @param position index of the step it is at, from 0; -1 while its primary action has not failed
 * @param source where the steps came from: {@code configuration}, {@code request}, {@code command};
 *     empty at position -1
 * @param parks how often it was put into the retry queue so far
 * @param parkedSince when it was put there for the first time, epoch milliseconds
 */
public record Cascade(
    List<String> steps, int position, String source, int parks, OptionalLong parkedSince) {

  /** The primary action has not failed yet. */
  public static final Cascade NOT_BEGUN = new Cascade(List.of(), -1, "", 0, OptionalLong.empty());

  public Cascade {
    steps = List.copyOf(steps);
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(parkedSince, "parkedSince");
    if (position < -1 || position >= 0 && position >= steps.size()) {
      throw new IllegalArgumentException("no step " + position + " in " + steps);
    }
  }

  /** Steps that are about to be taken, the first one next. */
  public static Cascade of(List<String> steps, String source) {
    return new Cascade(steps, -1, source, 0, OptionalLong.empty());
  }

  /** Whether the primary action has failed, and a step is being taken. */
  public boolean hasBegun() {
    return position >= 0;
  }

  /**
   * The step it is at.
   *
   * @throws IllegalStateException when none is
   */
  public String step() {
    if (!hasBegun()) {
      throw new IllegalStateException("no step is being taken");
    }
    return steps.get(position);
  }

  /** The same at another step. */
  public Cascade at(int index) {
    return new Cascade(steps, index, source, parks, parkedSince);
  }

  /** The same, parked once more. */
  public Cascade parkedAt(long now) {
    OptionalLong since = parkedSince.isPresent() ? parkedSince : OptionalLong.of(now);
    return new Cascade(steps, position, source, parks + 1, since);
  }

  /** The target that is called at this point: the primary action while a request was parked. */
  public String target(String primaryAction) {
    return !hasBegun() || Steps.isQueue(step()) ? primaryAction : step();
  }
}
