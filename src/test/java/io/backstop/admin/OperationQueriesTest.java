package io.backstop.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.FleetState;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPhase;
import io.backstop.action.OperationStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationQueriesTest {
  private final Instance one = new Instance();

  @BeforeEach
  void remember() {
    for (int number = 0; number < 3; number++) {
      one.stores.fleet.put(
          "operation:o-" + number,
          FleetState.newBuilder()
              .setWrittenAt(SampleLetters.START)
              .setOperation(
                  OperationStatus.newBuilder()
                      .setKind(OperationKind.REPLAY)
                      .setPhase(OperationPhase.RUNNING)
                      .setStartedAt(SampleLetters.START.plusSeconds(number))
                      .setSelected(10 * number)
                      .build())
              .build());
    }
  }

  @AfterEach
  void close() {
    one.close();
  }

  @Test
  void shouldListOperationsNewestFirst() {
    List<String> ids = new ArrayList<>();
    one.json("/v1/operations").path("items").forEach(each -> ids.add(each.path("id").asText()));

    assertThat(ids).containsExactly("o-2", "o-1", "o-0");
  }

  @Test
  void shouldSayHowFarAnOperationIs() {
    JsonNode operation = one.json("/v1/operations/o-1");

    assertThat(operation.path("id").asText()).isEqualTo("o-1");
    assertThat(operation.path("phase").asText()).isEqualTo("RUNNING");
    assertThat(operation.path("selected").asInt()).isEqualTo(10);
    assertThat(one.get("/v1/operations/o-9").statusCode()).isEqualTo(404);
  }
}
