package io.backstop.bench;

import io.backstop.bench.SimulatedPair.Traffic;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one round of one side showed.
 *
 * @param primaryCalls calls made to the primary service, health calls among them
 * @param duplicateEffects things made at the services beyond one for each different request
 * @param failed requests that ended as a dead letter
 * @param lost requests without a result and without a dead letter
 * @param surplus results beyond one for each request
 */
record PeerFigures(
    RoundFigures speed,
    long primaryCalls,
    long fallbackCalls,
    long duplicateEffects,
    int failed,
    int lost,
    int surplus) {

  static PeerFigures of(
      RoundFigures speed,
      Traffic primary,
      Traffic fallback,
      int distinct,
      Receipts receipts,
      int failed) {
    long made = primary.effects() + fallback.effects();
    return new PeerFigures(
        speed,
        primary.calls(),
        fallback.calls(),
        Math.max(0, made - (distinct - receipts.missing())),
        failed,
        receipts.missing() - failed,
        receipts.surplus());
  }

  static Spread spread(List<PeerFigures> rounds, ToDoubleFunction<PeerFigures> figure) {
    return Spread.of(rounds.stream().map(figure::applyAsDouble).toList());
  }
}
