package io.backstop.statistics;

import static io.backstop.statistics.Samples.NOW;
import static io.backstop.statistics.Samples.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FallbackStatistics;
import io.backstop.action.FallbackUse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever way uses are split into reports, and whoever owns the ledger between two of them. */
class LedgerPropertyTest {
  private static final long THROTTLE_MS = 10_000;

  @Property(tries = 300)
  void shouldGiveTheSameTotalsForAnySplitIntoReports(
      @ForAll("uses") List<FallbackUse> uses, @ForAll @IntRange(min = 1, max = 7) int size) {
    var whole = new Ledger(new Throttle(false, THROTTLE_MS));
    whole.apply(report(uses.toArray(FallbackUse[]::new)), NOW);
    var split = new Ledger(new Throttle(false, THROTTLE_MS));
    for (int from = 0; from < uses.size(); from += size) {
      List<FallbackUse> some = uses.subList(from, Math.min(uses.size(), from + size));
      split.apply(report(some.toArray(FallbackUse[]::new)), NOW + from);
    }

    FallbackStatistics statistics = split.statistics();
    assertThat(statistics).isEqualTo(whole.statistics());
    assertThat(statistics.getAll().getSucceeded())
        .isEqualTo(uses.stream().mapToLong(FallbackUse::getSucceeded).sum());
    assertThat(statistics.getAll().getFailed())
        .isEqualTo(uses.stream().mapToLong(FallbackUse::getFailed).sum());
  }

  @Property(tries = 300)
  void shouldNotifyOncePerThrottleAndTellEveryUseOnceAcrossOwners(
      @ForAll("uses") List<FallbackUse> uses, @ForAll @IntRange(min = 1, max = 4_000) int pace) {
    var throttle = new Throttle(true, THROTTLE_MS);
    var ledger = new Ledger(throttle);
    Map<String, io.backstop.action.LedgerLine> store = new TreeMap<>();
    Map<String, Long> lastTold = new TreeMap<>();
    long told = 0;
    long now = NOW;
    for (FallbackUse use : uses) {
      now += pace;
      Ledger.Changes changes = ledger.apply(report(use), now);
      store.putAll(changes.lines());
      for (Notice notice : changes.notices()) {
        Long last = lastTold.put(notice.primaryAction() + notice.step(), now);
        assertThat(last == null || now - last >= THROTTLE_MS).isTrue();
        told += notice.uses();
      }
      ledger = new Ledger(throttle);
      store.forEach(ledger::restore);
    }

    long untold = store.values().stream().mapToLong(line -> line.getPair().getUntold()).sum();
    assertThat(told + untold).isEqualTo(uses.stream().mapToLong(FallbackUse::getSucceeded).sum());
  }

  @Provide
  Arbitrary<List<FallbackUse>> uses() {
    Arbitrary<String> primary = Arbitraries.of("notion:createPage", "slack:postMessage");
    Arbitrary<String> step = Arbitraries.of("trello:createCard", "csv:log", "queue:retry", "skip");
    Arbitrary<Long> count = Arbitraries.longs().between(0, 1_000);
    return Combinators.combine(primary, step, count, count, Arbitraries.longs().between(0, 60_000))
        .as(
            (action, by, succeeded, failed, at) ->
                new FallbackUse(
                    action, by, succeeded, failed, Instant.ofEpochMilli(NOW + at), null))
        .list()
        .ofMaxSize(60);
  }
}
