package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.Lineage;
import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeader;
import io.backstop.action.SelectionFilter;
import io.backstop.action.TaskPayload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PastSelectionTest {
  private static final SelectionFilter ALL = SelectionFilter.newBuilder().build();

  private static OriginalRecord at(int partition, long offset, int generation) {
    List<RecordHeader> headers =
        generation == 0
            ? List.of()
            : new Lineage("r", generation, Optional.empty(), Optional.empty(), 0, false)
                .stamp(List.of());
    return new OriginalRecord("actions.requests", partition, offset, 0L, null, null, headers);
  }

  private static Optional<ActionRequest> request(String action, String key, String submitter) {
    return Optional.of(
        ActionRequest.newBuilder()
            .setRequestId("id-" + key)
            .setAction(action)
            .setIdempotencyKey(key)
            .setSubmitter(submitter)
            .setPayload(TaskPayload.newBuilder().setTitle("t").build())
            .build());
  }

  @Test
  void shouldCountWhatMatchesAndWhatIsNoRequest() {
    SelectionFilter filter =
        SelectionFilter.newBuilder().setAction("notion:createPage").setSubmitter("ann").build();
    PastSelection requests = new PastSelection(filter, false, 1);

    requests.add(at(0, 1, 0), request("notion:createPage", "a", "ann"));
    requests.add(at(0, 2, 0), Optional.empty());
    requests.add(at(0, 3, 0), request("notion:createPage", "b", "bob"));
    requests.add(at(1, 4, 0), request("slack:postMessage", "c", "ann"));
    requests.add(at(1, 5, 0), request("notion:createPage", "d", "ann"));

    assertThat(requests.count()).isEqualTo(2);
    assertThat(requests.unreadable()).isEqualTo(1);
    assertThat(requests.actions()).isEqualTo(Map.of("notion:createPage", 2L));
    assertThat(requests.partitions()).isEqualTo(Map.of(0, 1L, 1, 1L));
    assertThat(requests.first()).hasSize(1);
    assertThat(requests.has(at(0, 2, 0), Optional.empty())).isFalse();
    assertThat(requests.has(at(0, 3, 0), request("notion:createPage", "b", "bob"))).isFalse();
  }

  @Test
  void shouldTakeOneRequestOfEachKeyWhereItIsDoneAgain() {
    PastSelection requests = new PastSelection(ALL, true, 10);
    var request = request("notion:createPage", "a", null);

    requests.add(at(0, 1, 0), request);
    requests.add(at(0, 2, 0), request);
    requests.add(at(0, 3, 2), request);
    requests.add(at(0, 4, 1), request);
    requests.add(at(1, 1, 0), request("notion:createPage", "b", null));

    assertThat(requests.count()).isEqualTo(2);
    assertThat(requests.repeated()).isEqualTo(3);
    assertThat(requests.has(at(0, 3, 2), request)).isTrue();
    assertThat(requests.has(at(0, 1, 0), request)).isFalse();
    assertThat(requests.has(at(0, 4, 1), request)).isFalse();
    assertThat(requests.partitions()).isEqualTo(Map.of(0, 1L, 1, 1L));
    assertThat(requests.first()).extracting(PastSelection.Row::offset).containsExactly(3L, 1L);
  }

  @Test
  void shouldLeaveDuplicatesToTheFleetElsewhere() {
    PastSelection requests = new PastSelection(ALL, false, 10);
    var request = request("notion:createPage", "a", null);

    requests.add(at(0, 1, 0), request);
    requests.add(at(0, 2, 0), request);

    assertThat(requests.count()).isEqualTo(2);
    assertThat(requests.has(at(0, 2, 0), request)).isTrue();
  }
}
