package io.backstop.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Cascade;
import io.backstop.action.InFlightWork;
import io.backstop.action.Lineage;
import io.backstop.action.OriginalRecord;
import io.backstop.action.Priority;
import io.backstop.action.RecordHeader;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredCascadesTest {
  private static final Cascade STEP = Cascade.of(List.of("trello:createCard"), "replay").at(0);

  @Test
  void shouldKnowTheHopThatThisTaskHasSent() {
    assertThat(isHop(List.of(), List.of())).isTrue();
    assertThat(isHop(replay(1), replay(1))).isTrue();
  }

  @Test
  void shouldNotTakeAReplayOfTheSameKeyForIt() {
    assertThat(isHop(List.of(), replay(1))).isFalse();
    assertThat(isHop(replay(1), replay(2))).isFalse();
    assertThat(isHop(replay(1), List.of())).isFalse();
  }

  @Test
  void shouldTakeNothingForAHopThatIsNotExpected() {
    assertThat(StoredCascades.isHopTo(null, STEP, List.of())).isFalse();
    assertThat(StoredCascades.isHopTo(stored(List.of(), false), STEP, List.of())).isFalse();
  }

  private static boolean isHop(List<RecordHeader> sent, List<RecordHeader> came) {
    return StoredCascades.isHopTo(stored(sent, true), STEP, came);
  }

  private static InFlightWork stored(List<RecordHeader> headers, boolean hopping) {
    return new InFlightWork(
        "r-1",
        "trello:createCard",
        Priority.LOW,
        new OriginalRecord("t", 0, 0L, 0L, null, ByteBuffer.allocate(1), headers),
        null,
        null,
        null,
        List.of(),
        Instant.EPOCH,
        null,
        StoredCascades.stored(STEP, hopping));
  }

  private static List<RecordHeader> replay(int generation) {
    return new Lineage("op", generation, Optional.of("p"), Optional.of("r"), 0, false)
        .stamp(List.of());
  }
}
