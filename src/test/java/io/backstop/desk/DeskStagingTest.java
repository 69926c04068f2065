package io.backstop.desk;

import static io.backstop.desk.Letters.START;
import static io.backstop.desk.OperationOrders.order;
import static io.backstop.desk.OperationOrders.outcome;
import static io.backstop.desk.OperationOrders.release;
import static io.backstop.desk.OperationOrders.replay;
import static io.backstop.desk.OperationOrders.select;
import static io.backstop.desk.OperationOrders.selection;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.LetterSet;
import io.backstop.action.Lineage;
import io.backstop.action.OriginalRecord;
import io.backstop.action.SelectedLetters;
import io.backstop.action.StoreNames;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests of the past, which an operation brings along instead of finding letters. */
class DeskStagingTest extends OnDesk {
  @Test
  void shouldReplayStagedRequests() {
    for (int each = 3; each > 0; each--) {
      desk.order(order("op").setStaged(original(each)));
    }
    desk.order(order("op").setStaged(original(3)));

    desk.order(select("op", replay(), selection().setStaged(true)));
    desk.run(REPORT);

    SelectedLetters selected = desk.told("op").getSelected();
    assertThat(selected.getCount()).isEqualTo(3);
    assertThat(selected.getTargets()).isEqualTo(Map.of("notion:createPage", 3L));
    assertThat(selected.getHash())
        .isEqualTo(
            LetterSet.EMPTY
                .with("actions.requests-0-1")
                .with("actions.requests-0-2")
                .with("actions.requests-0-3")
                .hash());

    desk.order(release("op", 2));
    List<Lineage> again = desk.again();
    assertThat(again).hasSize(2).allMatch(lineage -> lineage.parentId().isEmpty());
    desk.order(outcome("op", null, 1));
    desk.order(outcome("op", null, 1, true, true));
    desk.order(order("op").setEnd(true));
    desk.run(REPORT);

    assertThat(desk.told("op").getSucceeded()).isEqualTo(1);
    assertThat(desk.told("op").getSuppressed()).isEqualTo(1);
    assertNothingIsLeft();
  }

  @Test
  void shouldForgetStagedRequestsForWhichNoCommandComes() {
    desk.order(order("op").setStaged(original(1)));

    desk.pass(Duration.ofMinutes(59));
    assertThat(DeskScenario.count(desk.store(StoreNames.LETTERS_IN_READINESS))).isEqualTo(1);

    desk.pass(Duration.ofMinutes(2));
    desk.run(REPORT);
    assertNothingIsLeft();
  }

  private static OriginalRecord original(int offset) {
    return new OriginalRecord(
        "actions.requests",
        0,
        (long) offset,
        START.toEpochMilli() + offset,
        null,
        ByteBuffer.wrap(new byte[] {1}),
        List.of());
  }
}
