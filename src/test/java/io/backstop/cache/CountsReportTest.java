package io.backstop.cache;

import static io.backstop.cache.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.CacheCounts;
import io.backstop.action.FleetSignal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountsReportTest {
  private final CountsReport report = new CountsReport("one");

  @Test
  void shouldSayNothingBeforeThereIsAnythingToCount() {
    assertThat(sentOver(60_000, hits(0))).isEmpty();
    assertThat(report.leaving(NOW, hits(0))).isEmpty();
  }

  @Test
  void shouldReportAChangeAtMostEveryFiveSeconds() {
    assertThat(at(0, hits(1))).hasSize(1);
    assertThat(at(4_999, hits(2))).isEmpty();
    assertThat(at(5_000, hits(2))).hasSize(1);
    assertThat(at(10_000, hits(2))).isEmpty();
  }

  @Test
  void shouldGiveASignOfLifeWhileNothingChanges() {
    at(0, hits(1));

    List<FleetSignal> sent = sentOver(60_000, hits(1));

    assertThat(sent).extracting(FleetSignal::getSequence).containsExactly(2L, 3L, 4L);
    assertThat(sent).allMatch(signal -> signal.getCache().getHits() == 1);
  }

  @Test
  void shouldNotFallSilentWhenTheClockIsSetBack() {
    at(0, hits(1));

    assertThat(at(-3_600_000, hits(2))).hasSize(1);
  }

  @Test
  void shouldSayItsLastWordsOnce() {
    at(0, hits(1));

    List<FleetSignal> last = report.leaving(NOW + 10, hits(3));

    assertThat(last).hasSize(1);
    assertThat(last.get(0).getLeaving()).isTrue();
    assertThat(last.get(0).getCache().getHits()).isEqualTo(3);
    assertThat(report.leaving(NOW + 20, hits(4))).isEmpty();
    assertThat(at(60_000, hits(5))).isEmpty();
  }

  private List<FleetSignal> at(long after, CacheCounts counts) {
    return report.due(NOW + after, () -> counts);
  }

  private List<FleetSignal> sentOver(long duration, CacheCounts counts) {
    List<FleetSignal> sent = new ArrayList<>();
    for (long after = 10; after <= duration; after += 10) {
      sent.addAll(at(after, counts));
    }
    return sent;
  }

  private static CacheCounts hits(long hits) {
    return Samples.signal("one", 1, false, 0, hits, 0).getCache();
  }
}
