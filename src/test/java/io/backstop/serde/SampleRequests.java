package io.backstop.serde;

import io.backstop.action.ActionRequest;
import io.backstop.action.Priority;
import io.backstop.action.TaskPayload;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Requests to encode. */
final class SampleRequests {
  private SampleRequests() {}

  /** About 500 bytes when encoded. */
  static ActionRequest usual() {
    TrustedRecords.trust();
    var payload =
        TaskPayload.newBuilder()
            .setTitle("Prepare the quarterly report")
            .setDescription("Numbers from sales and support. ".repeat(9))
            .setContainer("8f4c2d1e6b7a4f0e9c3d5a1b2c3d4e5f")
            .setDueAt(Instant.ofEpochMilli(1_800_000_000_000L))
            .setLabels(List.of("finance", "quarterly"))
            .setAssignees(List.of("u-1001"))
            .setProperties(Map.of("Team", "{\"select\":{\"name\":\"Finance\"}}"))
            .build();
    return ActionRequest.newBuilder()
        .setRequestId("3b241101-e2bb-4255-8caf-4136c566a962")
        .setAction("notion:createPage")
        .setPayload(payload)
        .setPriority(Priority.HIGH)
        .setSubmitter("crm")
        .build();
  }
}
