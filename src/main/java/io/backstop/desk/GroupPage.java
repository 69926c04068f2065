package io.backstop.desk;

import java.util.List;

/**
 * Groups, the largest first.
 *
 * @param complete whether no group was left out: otherwise the counts are those of the groups that
 *     were looked at, and may be too low where several tasks have a group
 */
public record GroupPage(List<FoundGroup> groups, boolean complete) {

  public GroupPage {
    groups = List.copyOf(groups);
  }
}
