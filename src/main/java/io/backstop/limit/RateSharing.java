package io.backstop.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How one limit is shared out: equal shares for the instances that want to call. What the instances
 * may be using never sums to more than the limit, whatever is lost, late or dead: a share is
 * reduced at once, but what that frees is handed out only when the instance has said that it keeps
 * to the reduced share, or has left, or its lease is over. Pure and immutable.
 *
 * <pre>
 *   wanted ──► raised, as far as nothing of the limit is outstanding elsewhere
 *     ▲             │ another wants too, the limit falls, not wanted for 10 s
 *     │             ▼
 *   nothing ◄── reduced: the old share stays outstanding
 *              (heard that it was seen, left, or lease over)
 * </pre>
 *
 * @param version grows with everything that is to be published
 * @param pausedUntil latest end of a pause that was reported, epoch milliseconds, 0 for none
 */
record RateSharing(long version, long pausedUntil, List<Member> members) {
  static final RateSharing NONE = new RateSharing(0, 0, List.of());

  /** A pause that is longer by less is not worth telling. */
  static final long PAUSE_STEP_MS = 100;

  RateSharing {
    members = List.copyOf(members);
  }

  /**
   * An instance spoke; what it said before, or said already, is ignored.
   *
   * @param seenVersion to which it keeps now
   */
  RateSharing heard(String instance, long sequence, boolean wanted, long seenVersion, long now) {
    Optional<Member> known = find(instance);
    if (known.isEmpty() && !wanted || known.filter(m -> m.sequence() >= sequence).isPresent()) {
      return this;
    }
    Member member = known.orElse(Member.unknown(instance));
    return with(member.heard(sequence, wanted, seenVersion, now), version);
  }

  /** An instance spoke for the last time. */
  RateSharing left(String instance, long sequence, long now) {
    return find(instance)
        .filter(member -> member.sequence() < sequence)
        .map(m -> with(m.left(sequence, now), m.share() > 0 ? version + 1 : version))
        .orElse(this);
  }

  /** A pause was reported. */
  RateSharing paused(long until, long now) {
    return until > now && (pausedUntil <= now || until - pausedUntil >= PAUSE_STEP_MS)
        ? new RateSharing(version + 1, until, members)
        : this;
  }

  /** Nobody listened for a while, so that silence proves nothing. */
  RateSharing resumed(long now) {
    return new RateSharing(
        version, pausedUntil, members.stream().map(member -> member.resumed(now)).toList());
  }

  /**
   * Shares the limit out anew, after any of the above, and at least every second or so.
   *
   * @param limit calls per second, 0 where there is no limit to share
   */
  RateSharing shared(double limit, long now) {
    List<Member> before =
        members.stream().map(m -> m.atTime(now)).filter(m -> !m.isForgotten(now)).toList();
    List<Member> after = new ShareOut(limit, before, now).members(version + 1);
    boolean published =
        !after.equals(before) || after.stream().anyMatch(member -> member.needsRenewal(now));
    return published
        ? new RateSharing(
            version + 1, pausedUntil, after.stream().map(m -> m.renewed(now)).toList())
        : new RateSharing(version, pausedUntil, after);
  }

  private Optional<Member> find(String instance) {
    return members.stream().filter(member -> member.instance().equals(instance)).findFirst();
  }

  private RateSharing with(Member changed, long newVersion) {
    var all = new ArrayList<>(members);
    all.removeIf(member -> member.instance().equals(changed.instance()));
    all.add(changed);
    return new RateSharing(newVersion, pausedUntil, all);
  }
}
