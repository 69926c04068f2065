package io.backstop.desk;

import io.backstop.action.LetterGroup;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes one answer of the groups of several tasks: a group's letters are spread over them. */
public final class GroupPages {
  private static final Comparator<FoundGroup> LARGEST_FIRST =
      Comparator.comparingLong((FoundGroup found) -> found.group().getCount())
          .thenComparing(found -> found.group().getLastSeen())
          .reversed()
          .thenComparing(FoundGroup::fingerprint);

  private GroupPages() {}

  /**
   * The largest groups of all, counted together.
   *
   * @param pages answers to the same query
   * @param limit of that query
   */
  public static GroupPage merge(Collection<GroupPage> pages, int limit) {
    Map<String, LetterGroup> byFingerprint = new HashMap<>();
    for (GroupPage page : pages) {
      for (FoundGroup found : page.groups()) {
        byFingerprint.merge(found.fingerprint(), found.group(), GroupPages::together);
      }
    }
    boolean complete = pages.stream().allMatch(GroupPage::complete);
    List<FoundGroup> groups =
        byFingerprint.entrySet().stream()
            .map(entry -> new FoundGroup(entry.getKey(), entry.getValue()))
            .toList();
    return largest(groups, complete, limit);
  }

  static GroupPage largest(Collection<FoundGroup> groups, boolean complete, int limit) {
    List<FoundGroup> largest = groups.stream().sorted(LARGEST_FIRST).limit(limit).toList();
    return new GroupPage(largest, complete && largest.size() == groups.size());
  }

  static LetterGroup together(LetterGroup one, LetterGroup other) {
    LetterGroup later = one.getLastSeen().isBefore(other.getLastSeen()) ? other : one;
    return LetterGroup.newBuilder(later)
        .setCount(one.getCount() + other.getCount())
        .setOpen(one.getOpen() + other.getOpen())
        .setFirstSeen(earlier(one.getFirstSeen(), other.getFirstSeen()))
        .build();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
