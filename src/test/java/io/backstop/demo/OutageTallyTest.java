package io.backstop.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.demo.Ledger.Coordinates;
import io.backstop.demo.Ledger.Entry;
import io.backstop.demo.OutageTally.Group;
import io.backstop.demo.Outcome.Ending;
import io.backstop.executor.Targets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageTallyTest {
  private static final Outcome EXECUTED = new Outcome(Ending.SUCCEEDED, false, 20, "", "");
  private static final Outcome FROM_CACHE = new Outcome(Ending.SUCCEEDED, true, 1, "", "");
  private static final Outcome REJECTED =
      new Outcome(Ending.DEAD_LETTERED, false, 0, "CIRCUIT_OPEN", "the circuit is open");
  private static final Outcome FAILED =
      new Outcome(Ending.DEAD_LETTERED, false, 0, "SERVER_ERROR", "it answered 503");

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
  void shouldSayOfEachPartHowItsRequestsEnded() {
    publish(Group.BEFORE, EXECUTED);
    publish(Group.OUTAGE, FAILED);
    publish(Group.OUTAGE, FROM_CACHE);
    publish(Group.OUTAGE, REJECTED);
    publish(Group.OUTAGE, REJECTED);
    publish(Group.OUTAGE);
    publish(Group.AFTER, EXECUTED);
    publish(Group.OTHERS, EXECUTED);

    assertThat(tally.ended(entries, Group.OUTAGE)).isEqualTo(new EndCounts(0, 1, 2, 1));
    assertThat(tally.endedOfNotion(entries)).isEqualTo(new EndCounts(2, 1, 2, 1));
    assertThat(tally.published()).isEqualTo(8);
    assertThat(tally.ended(entries)).isEqualTo(7);
    assertThat(tally.table(entries))
        .hasSize(5)
        .anySatisfy(
            row ->
                assertThat(row.strip().split(" {2,}"))
                    .containsExactly("Notion, while it is down", "5", "0", "1", "2", "1"));
  }

  @Test
  void shouldLeaveOutTheRequestsOfTheFirstPhase() {
    add(new SteadyRequests(targets, "outage-notion").next(), EXECUTED);

    assertThat(tally.ended(entries)).isZero();
  }
}
