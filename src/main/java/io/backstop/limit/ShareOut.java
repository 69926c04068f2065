package io.backstop.limit;

import java.util.List;

/** Who gets how much of a limit now, as far as nothing of it is still used by another. Pure. */
final class ShareOut {
  /** A share is not raised by less than this part of what is due to it. */
  private static final double SMALLEST_RAISE = 0.001;

  private final List<Member> before;
  private final long now;
  private final double due;
  private final double raise;

  /**
   * @param limit calls per second, 0 for none
   */
  ShareOut(double limit, List<Member> before, long now) {
    this.before = before;
    this.now = now;
    long wanting = before.stream().filter(member -> member.isWanting(now)).count();
    this.due = wanting == 0 ? 0 : limit / wanting;
    double free = limit - before.stream().mapToDouble(Member::outstanding).sum();
    double missing = before.stream().mapToDouble(this::missing).sum();
    this.raise = missing == 0 ? 0 : Math.max(0, Math.min(1, free / missing));
  }

  /** The members with their new shares, which are published in {@code version}. */
  List<Member> members(long version) {
    return before.stream().map(member -> member.withShare(share(member), version)).toList();
  }

  private double share(Member member) {
    // what it may still be using anyway costs nobody else anything
    double kept = Math.min(due(member), member.outstanding());
    double more = missing(member) * raise;
    return more < due * SMALLEST_RAISE ? kept : kept + more;
  }

  private double missing(Member member) {
    return Math.max(0, due(member) - member.outstanding());
  }

  private double due(Member member) {
    return member.isWanting(now) ? due : 0;
  }
}
