package io.backstop.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.simulator.RecordedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TripTest {
  private final List<RecordedCall> calls = new ArrayList<>();

  private void call(String caller, long arrivedMs, String status, long answeredMs) {
    calls.add(
        new RecordedCall(
            calls.size() + 1,
            arrivedMs,
            arrivedMs * 1_000_000,
            "createPage",
            Optional.of(caller),
            0,
            Optional.of(new RecordedCall.Answer(status, answeredMs * 1_000_000))));
  }

  private Optional<Trip> trip() {
    return Trip.of(calls, 3, call -> call.key().orElseThrow());
  }

  @Test
  void shouldCountFromTheAnswerThatCrossedTheThresholdOfOneCaller() {
    call("a", 0, "503", 10);
    call("b", 1, "503", 11);
    call("a", 2, "503", 12);
    call("a", 3, "hang", 20);
    call("b", 4, "503", 14);
    call("a", 18, "503", 28);
    call("a", 25, "503", 35);
    call("b", 120, "503", 130);

    assertThat(trip()).contains(new Trip(5, 100, 1, 2));
  }

  @Test
  void shouldCallItImmediateWhenNobodyCallsAnyMore() {
    call("a", 0, "503", 10);
    call("a", 1, "503", 11);
    call("a", 2, "503", 12);

    assertThat(trip()).contains(new Trip(0, 0, 0, 0));
  }

  @Test
  void shouldStartCountingAgainAfterASuccess() {
    call("a", 0, "503", 10);
    call("a", 1, "503", 11);
    call("a", 2, "200", 12);
    call("a", 3, "503", 13);
    call("a", 4, "503", 14);

    assertThat(trip()).isEmpty();
  }

  @Test
  void shouldFindNoTripWhereEachCallerSawLess() {
    call("a", 0, "503", 10);
    call("b", 1, "503", 11);
    call("a", 2, "503", 12);
    call("b", 3, "503", 13);

    assertThat(trip()).isEmpty();
  }
}
