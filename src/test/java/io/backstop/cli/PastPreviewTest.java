package io.backstop.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.backstop.action.ActionRequest;
import io.backstop.action.CircuitState;
import io.backstop.action.Lineage;
import io.backstop.action.OriginalRecord;
import io.backstop.action.RecordHeader;
import io.backstop.action.TaskPayload;
import io.backstop.client.QueryClient;
import io.backstop.client.TargetState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

/** What is said of requests of the past before they are replayed. */
class PastPreviewTest {
  @RegisterExtension
  static final WireMockExtension INSTANCE =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  @BeforeEach
  void answer() {
    INSTANCE.stubFor(
        get(urlPathEqualTo("/v1/outcomes"))
            .willReturn(
                okJson(
                    "{\"items\":["
                        + item("done", "SUCCEEDED", 0)
                        + ","
                        + item("dead", "DEAD_LETTERED", 0)
                        + ","
                        + item("again", "SUCCEEDED", 1)
                        + "],\"unknown\":[]}")));
  }

  private static String item(String key, String status, int generation) {
    return "{\"key\":\"%s\",\"status\":\"%s\",\"generation\":%d}"
        .formatted(key, status, generation);
  }

  private static Optional<Asking> asking() {
    var problems = new Problems(new PrintWriter(new StringWriter()));
    return Optional.of(
        new Asking(
            new CommandLine(new ReplayCommand()),
            new QueryClient(List.of(INSTANCE.baseUrl()), Optional.empty()),
            problems));
  }

  private static TargetState state(String target) {
    CircuitState circuit = target.startsWith("slack") ? CircuitState.OPEN : CircuitState.CLOSED;
    return new TargetState(target.split(":")[0], circuit, Optional.empty(), OptionalDouble.of(2));
  }

  private static PastPreview preview(Optional<Asking> asking, boolean forced) {
    PastPreview preview =
        new PastPreview(asking, forced, PastPreviewTest::state, List.of("0@1", "0@4"));
    preview.add(at(1, 0), request("done"), "notion:createPage");
    preview.add(at(2, 0), request("dead"), "notion:createPage");
    preview.add(at(3, 0), request("again"), "notion:createPage");
    preview.add(at(4, 1), request("again"), "notion:createPage");
    preview.add(at(5, 0), request("new"), "slack:postMessage");
    preview.finish();
    return preview;
  }

  private static OriginalRecord at(long offset, int generation) {
    List<RecordHeader> headers =
        generation == 0
            ? List.of()
            : new Lineage("r", generation, Optional.empty(), Optional.empty(), 0, false)
                .stamp(List.of());
    return new OriginalRecord("actions.requests", 0, offset, 0L, null, null, headers);
  }

  private static ActionRequest request(String key) {
    return ActionRequest.newBuilder()
        .setRequestId("id-" + key)
        .setAction("notion:createPage")
        .setIdempotencyKey(key)
        .setPayload(TaskPayload.newBuilder().setTitle("t").build())
        .build();
  }

  @Test
  void shouldSayWhatIsDoneAlreadyAndHowTheTargetsAre() {
    PastPreview preview = preview(asking(), false);

    assertThat(preview.verdicts())
        .isEqualTo(
            Map.of(
                "ALREADY_DONE", 2L, "REPLAYED_SINCE", 1L, "WOULD_EXECUTE", 1L, "CIRCUIT_OPEN", 1L));
    assertThat(preview.verdict("0@1")).isEqualTo("ALREADY_DONE");
    assertThat(preview.targets())
        .isEqualTo(Map.of("notion:createPage", 4L, "slack:postMessage", 1L));
    assertThat(preview.load().calls()).isEqualTo(Map.of("notion", 1L, "slack", 1L));
  }

  @Test
  void shouldDoAgainWhatIsDoneWhereThatIsForcedButNoGenerationTwice() {
    PastPreview preview = preview(asking(), true);

    assertThat(preview.verdicts())
        .isEqualTo(Map.of("WOULD_EXECUTE", 3L, "REPLAYED_SINCE", 1L, "CIRCUIT_OPEN", 1L));
    assertThat(preview.verdict("0@1")).isEqualTo("WOULD_EXECUTE");
    assertThat(preview.verdict("0@4")).isEqualTo("WOULD_EXECUTE");
  }

  @Test
  void shouldCountWithoutKnowingWhatIsDoneWhenNoInstanceAnswers() {
    PastPreview preview = preview(Optional.empty(), false);

    assertThat(preview.knowsOutcomes()).isFalse();
    assertThat(preview.verdicts()).isEqualTo(Map.of("WOULD_EXECUTE", 4L, "CIRCUIT_OPEN", 1L));
  }
}
