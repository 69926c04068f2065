package io.backstop.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateSharingTest {
  private static final long NOW = 1_772_000_000_000L;
  private static final double LIMIT = 12;

  private long now = NOW;
  private long sequence;
  private RateSharing sharing = RateSharing.NONE;

  private void wants(String instance) {
    signal(instance, true, sharing.version());
  }

  private void signal(String instance, boolean wanted, long seenVersion) {
    sharing = sharing.heard(instance, ++sequence, wanted, seenVersion, now).shared(LIMIT, now);
  }

  private void tickAfter(long ms) {
    now += ms;
    sharing = sharing.shared(LIMIT, now);
  }

  private double share(String instance) {
    return sharing.members().stream()
        .filter(member -> member.instance().equals(instance))
        .mapToDouble(Member::share)
        .sum();
  }

  @Test
  void shouldGiveTheWholeLimitToTheOnlyOne() {
    wants("a");

    assertThat(share("a")).isEqualTo(LIMIT);
    assertThat(sharing.version()).isEqualTo(1);
    assertThat(sharing.members().get(0).until()).isEqualTo(NOW + 60_000);
  }

  @Test
  void shouldHandOverAReducedShareOnlyWhenTheReductionWasSeen() {
    wants("a");
    long seenByA = sharing.version();

    signal("b", true, 0);
    assertThat(share("a")).isEqualTo(6);
    assertThat(share("b")).isZero();

    signal("a", true, seenByA);
    assertThat(share("b")).isZero();

    wants("a");
    assertThat(share("a")).isEqualTo(6);
    assertThat(share("b")).isEqualTo(6);
  }

  @Test
  void shouldHandOverTheShareOfADeadInstanceOnlyWhenItsLeaseIsOver() {
    wants("a");
    for (int i = 0; i < 6; i++) {
      now += 10_000;
      signal("b", true, sharing.version());
      assertThat(share("b")).isZero();
    }

    now += 5_000;
    wants("b");

    assertThat(share("a")).isZero();
    assertThat(share("b")).isEqualTo(LIMIT);
  }

  @Test
  void shouldHandOverTheShareOfALeavingInstanceAtOnce() {
    wants("a");
    wants("b");
    wants("a");

    sharing = sharing.left("a", ++sequence, now).shared(LIMIT, now);

    assertThat(share("a")).isZero();
    assertThat(share("b")).isEqualTo(LIMIT);
  }

  @Test
  void shouldPublishThatTheLastOneHasLeft() {
    wants("a");
    long before = sharing.version();

    sharing = sharing.left("a", ++sequence, now).shared(LIMIT, now);

    assertThat(sharing.version()).isGreaterThan(before);
    assertThat(share("a")).isZero();
  }

  @Test
  void shouldIgnoreASignalOfAnInstanceThatHasLeft() {
    wants("a");
    long old = ++sequence;
    sharing = sharing.left("a", ++sequence, now).shared(LIMIT, now);
    var before = sharing;

    sharing = sharing.heard("a", old, true, 1, now + 20).shared(LIMIT, now + 20);

    assertThat(sharing).isEqualTo(before);
  }

  @Test
  void shouldTakeBackTheShareOfAnInstanceThatNoLongerWantsIt() {
    wants("a");
    wants("b");
    wants("a");
    now += 9_000;
    wants("b");

    tickAfter(1_000);
    signal("a", false, sharing.version());

    assertThat(share("a")).isZero();
    assertThat(share("b")).isEqualTo(LIMIT);
  }

  @Test
  void shouldRenewLeasesAtAThirdOfTheirTimeAndElsePublishNothing() {
    wants("a");
    long published = sharing.version();
    for (int second = 1; second < 20; second++) {
      now += 1_000;
      wants("a");
      assertThat(sharing.version()).isEqualTo(published);
    }

    now += 1_000;
    wants("a");

    assertThat(sharing.version()).isEqualTo(published + 1);
    assertThat(sharing.members().get(0).until()).isEqualTo(now + 60_000);
  }

  @Test
  void shouldGiveFractionsWhereTheLimitIsLessThanTheInstances() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 40; i++) {
        wants("i" + i);
      }
    }

    assertThat(sharing.members())
        .allSatisfy(member -> assertThat(member.share()).isCloseTo(0.3, within(0.001)));
  }

  @Test
  void shouldReduceEverySharesAtOnceWhenTheLimitFalls() {
    wants("a");

    sharing = sharing.shared(2, now);
    assertThat(share("a")).isEqualTo(2);

    sharing = sharing.shared(0, now);
    assertThat(share("a")).isZero();
  }

  @Test
  void shouldTakeSilenceForNothingWhileNobodyListened() {
    wants("a");
    now += 30_000;

    sharing = sharing.resumed(now).shared(LIMIT, now);
    assertThat(share("a")).isEqualTo(LIMIT);

    tickAfter(10_000);
    assertThat(share("a")).isZero();
  }

  @Test
  void shouldForgetAnInstanceThatHasGone() {
    wants("a");
    sharing = sharing.left("a", ++sequence, now);

    tickAfter(60_000);

    assertThat(sharing.members()).isEmpty();
  }

  @Test
  void shouldSpreadTheLatestPauseAndNoSmallChangesOfIt() {
    var paused = RateSharing.NONE.paused(NOW + 5_000, NOW);

    assertThat(paused.pausedUntil()).isEqualTo(NOW + 5_000);
    assertThat(paused.version()).isEqualTo(1);
    assertThat(paused.paused(NOW + 5_050, NOW)).isSameAs(paused);
    assertThat(paused.paused(NOW + 1_000, NOW)).isSameAs(paused);
    assertThat(paused.paused(NOW + 6_000, NOW).pausedUntil()).isEqualTo(NOW + 6_000);
    assertThat(paused.paused(NOW + 5_050, NOW + 5_000).pausedUntil()).isEqualTo(NOW + 5_050);
    assertThat(RateSharing.NONE.paused(NOW - 1, NOW)).isSameAs(RateSharing.NONE);
  }
}
