package io.backstop.limit;

import io.backstop.action.RateMember;
import io.backstop.action.RateRecord;
import io.backstop.action.RateShare;
import io.backstop.action.RateShares;
import java.time.Instant;

/** A limit as it is shared out, in the forms in which it is stored and published. */
final class RateRecords {
  private RateRecords() {}

  static RateRecord stored(RateSharing sharing) {
    return new RateRecord(
        sharing.version(),
        Instant.ofEpochMilli(sharing.pausedUntil()),
        sharing.members().stream().map(RateRecords::stored).toList());
  }

  static RateSharing restored(RateRecord stored) {
    return new RateSharing(
        stored.getVersion(),
        stored.getPausedUntil().toEpochMilli(),
        stored.getMembers().stream().map(RateRecords::restored).toList());
  }

  static RateShares published(RateSharing sharing, long now) {
    return new RateShares(
        sharing.version(),
        sharing.members().stream()
            .filter(member -> member.share() > 0)
            .map(RateRecords::published)
            .toList(),
        sharing.pausedUntil() > now ? Instant.ofEpochMilli(sharing.pausedUntil()) : null);
  }

  private static RateShare published(Member member) {
    return new RateShare(member.instance(), member.share(), Instant.ofEpochMilli(member.until()));
  }

  private static RateMember stored(Member member) {
    return new RateMember(
        member.instance(),
        member.sequence(),
        Instant.ofEpochMilli(member.heardAt()),
        Instant.ofEpochMilli(member.wantedAt()),
        member.share(),
        member.outstanding(),
        member.changedIn(),
        Instant.ofEpochMilli(member.until()));
  }

  private static Member restored(RateMember stored) {
    return new Member(
        stored.getInstance(),
        stored.getSequence(),
        stored.getHeardAt().toEpochMilli(),
        stored.getWantedAt().toEpochMilli(),
        stored.getShare(),
        stored.getOutstanding(),
        stored.getChangedIn(),
        stored.getUntil().toEpochMilli());
  }
}
