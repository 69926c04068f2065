package io.backstop.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FailureClass;
import io.backstop.demo.Ledger.Coordinates;
import io.backstop.demo.Ledger.Entry;
import io.backstop.demo.OutageTally.Group;
import io.backstop.demo.Outcome.Ending;
import io.backstop.demo.Outcome.Letter;
import io.backstop.executor.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutageTallyTest {
  private static final Outcome EXECUTED =
      new Outcome(Ending.SUCCEEDED, "", false, 20, Optional.empty());
  private static final Outcome FROM_CACHE =
      new Outcome(Ending.SUCCEEDED, "", true, 1, Optional.empty());
  private static final Outcome AT_TRELLO =
      new Outcome(Ending.VIA_FALLBACK, "trello:createCard", false, 40, Optional.empty());
  private static final Outcome IN_CSV =
      new Outcome(Ending.VIA_FALLBACK, "csv:log", false, 60, Optional.empty());
  private static final Outcome REJECTED =
      new Outcome(
          Ending.DEAD_LETTERED,
          "",
          false,
          0,
          Optional.of(new Letter("id", FailureClass.CIRCUIT_OPEN, "the circuit is open")));

  private final Targets targets = Targets.load();
  private final SteadyRequests notion = new SteadyRequests(targets, "outage-notion");
  private final SteadyRequests others = new SteadyRequests(targets, "outage-others");
  private final List<Entry> entries = new ArrayList<>();
  private final OutageTally tally = new OutageTally();

  private void publish(Group group, Outcome... outcomes) {
    DemoRequest request = (group == Group.OTHERS ? others : notion).next();
    tally.published(request, group);
    add(request, outcomes);
  }

  private void add(DemoRequest request, Outcome... outcomes) {
    entries.add(
        new Entry(
            request.label(),
            request.requestId(),
            request.idempotencyKey(),
            new Coordinates(0, entries.size()),
            List.of(outcomes)));
  }

  @Test
  void shouldSayOfEachPartWhereItsRequestsEnded() {
    publish(Group.BEFORE, EXECUTED);
    publish(Group.OUTAGE, AT_TRELLO);
    publish(Group.OUTAGE, FROM_CACHE);
    publish(Group.OUTAGE, AT_TRELLO);
    publish(Group.OUTAGE, REJECTED);
    publish(Group.OUTAGE);
    publish(Group.AFTER, EXECUTED);
    publish(Group.OTHERS, EXECUTED);

    assertThat(tally.ended(entries, Group.OUTAGE))
        .isEqualTo(
            new EndCounts(
                Map.of("trello:createCard", 2L, Outcome.CACHE, 1L, Outcome.DEAD_LETTER, 1L)));
    assertThat(tally.endedOfNotion(entries).at(Outcome.PRIMARY)).isEqualTo(2);
    assertThat(tally.published()).isEqualTo(8);
    assertThat(tally.ended(entries)).isEqualTo(7);
  }

  @Test
  void shouldShowOfEachActionHowManyWentWhere() {
    publish(Group.OUTAGE, AT_TRELLO);
    publish(Group.OUTAGE, FROM_CACHE);
    publish(Group.OUTAGE, IN_CSV);
    publish(Group.OUTAGE, EXECUTED);
    publish(Group.OUTAGE, AT_TRELLO);
    publish(Group.OUTAGE, REJECTED);

    assertThat(PlacesTable.of(tally.of(entries)))
        .containsExactly(
            "  ACTION                PUBLISHED  PRIMARY  CACHE  TRELLO   CSV  DEAD LETTER",
            "  notion:createPage             3        -      -       2     1            -",
            "  notion:query                  3        1      1       -     -            1",
            "  all                           6        1      1       2     1            1");
  }

  @Test
  void shouldLeaveOutTheRequestsOfTheFirstPhase() {
    add(new SteadyRequests(targets, "outage-notion").next(), EXECUTED);

    assertThat(tally.ended(entries)).isZero();
  }
}
