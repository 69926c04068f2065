package io.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.DeskLetter;
import io.backstop.action.LetterSummary;
import io.backstop.action.SelectionFilter;
import io.backstop.admin.LetterJson;
import io.backstop.client.DeadLetterTopic;
import io.backstop.config.BackstopConfig;
import io.backstop.desk.GroupCount;
import io.backstop.desk.GroupPage;
import io.backstop.desk.GroupQuery;
import io.backstop.desk.LetterPage;
import io.backstop.desk.LetterPosition;
import io.backstop.desk.LettersOnTopic;
import io.backstop.desk.NewestLetters;
import io.backstop.serde.AvroJson;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Dead letters as they stand on their topic, read from its beginning for each question. What has
 * become of them is not known: that is on the desks, which no processor keeps just now.
 */
final class TopicLetters implements LetterSource {
  /** So much is kept in memory at most. */
  static final int LONGEST_LIST = 20_000;

  private final CommandLine command;
  private final BackstopConfig config;
  private final Problems problems;

  TopicLetters(CommandLine command, BackstopConfig config, Problems problems) {
    this.command = command;
    this.config = config;
    this.problems = problems;
  }

  @Override
  public Page list(SelectionFilter filter, int limit, Optional<String> cursor) {
    NewestLetters newest = LetterFilters.page(checked(filter), after(cursor), checked(limit));
    read(letter -> newest.offer(LettersOnTopic.summary(letter)));
    LetterPage page = newest.page();
    List<JsonNode> letters = new ArrayList<>();
    page.letters().forEach(each -> letters.add(withoutStatus(AvroJson.of(each))));
    return new Page(letters, page.next().map(LetterPosition::cursor));
  }

  @Override
  public Optional<JsonNode> find(String id) {
    Found found = new Found(id);
    read(found::look);
    if (found.letter == null) {
      problems.accept("there is no dead letter " + id + " on the topic");
      return Optional.empty();
    }
    DeskLetter letter = DeskLetter.newBuilder(found.letter).setChildId(found.childId).build();
    return Optional.of(withoutStatus(LetterJson.of(letter)));
  }

  /** A letter, and the one that came of its last replay. */
  private static final class Found {
    private final String id;
    private DeskLetter letter;
    private String childId;
    private int childGeneration;

    Found(String id) {
      this.id = id;
    }

    void look(DeskLetter each) {
      if (each.getLetter().getId().equals(id)) {
        letter = each;
      } else if (id.equals(each.getLetter().getParentId())
          && each.getLetter().getGeneration() >= childGeneration) {
        childId = each.getLetter().getId();
        childGeneration = each.getLetter().getGeneration();
      }
    }
  }

  @Override
  public Groups groups(GroupsWanted wanted) {
    if (wanted.openOnly()) {
      throw unknownHere("--open");
    }
    GroupCount count = new GroupCount();
    read(count::add);
    GroupPage page =
        count.page(
            new GroupQuery(
                Optional.ofNullable(wanted.target()),
                Optional.ofNullable(wanted.failureClass()),
                false,
                wanted.limit()));
    List<JsonNode> groups = new ArrayList<>();
    page.groups()
        .forEach(
            each -> {
              ObjectNode group = AvroJson.of(each.group()).put("fingerprint", each.fingerprint());
              group.putNull("open");
              groups.add(group);
            });
    return new Groups(groups, page.complete());
  }

  /** In the order of the topic: to turn it round, all of them would have to be kept. */
  @Override
  public long export(SelectionFilter filter, Optional<Limit> limit, PrintWriter out) {
    int kept = limit.map(each -> checked(each.count())).orElse(1);
    NewestLetters newest = LetterFilters.page(checked(filter), Optional.empty(), kept);
    if (limit.isPresent()) {
      read(letter -> newest.offer(LettersOnTopic.summary(letter)));
    }
    long[] written = {0};
    try (DeadLetterTopic topic = DeadLetterTopic.open(config)) {
      topic.read(
          letter -> {
            LetterSummary summary = LettersOnTopic.summary(letter);
            if (limit.isPresent() ? newest.has(summary) : newest.matches(summary)) {
              out.println(withoutStatus(LetterJson.of(letter)));
              written[0]++;
            }
            return !out.checkError();
          });
    }
    return written[0];
  }

  private void read(java.util.function.Consumer<DeskLetter> each) {
    try (DeadLetterTopic topic = DeadLetterTopic.open(config)) {
      topic.read(
          letter -> {
            each.accept(letter);
            return true;
          });
    }
  }

  private SelectionFilter checked(SelectionFilter filter) {
    if (filter.getStatus() != null) {
      throw unknownHere("--status");
    }
    return filter;
  }

  private int checked(int limit) {
    if (limit > LONGEST_LIST) {
      throw new ParameterException(
          command,
          "--limit is %,d; from the topic alone it is at most %,d".formatted(limit, LONGEST_LIST));
    }
    return limit;
  }

  private ParameterException unknownHere(String option) {
    return new ParameterException(
        command,
        option
            + " needs a running processor: the topic does not say what has become of a letter;"
            + " leave it out, or start one with 'backstop run'");
  }

  private Optional<LetterPosition> after(Optional<String> cursor) {
    try {
      return cursor.map(LetterPosition::ofCursor);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, "--cursor: " + e.getMessage(), e);
    }
  }

  private static ObjectNode withoutStatus(ObjectNode letter) {
    return letter.putNull("status");
  }

  @Override
  public Problems problems() {
    return problems;
  }
}
