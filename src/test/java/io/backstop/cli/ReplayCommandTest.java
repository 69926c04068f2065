package io.backstop.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.backstop.action.LetterSet;
import io.backstop.executor.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Previews on the command line, and what is refused before anything is sent. */
class ReplayCommandTest {
  private static final String PREVIEW = "/v1/replay-preview";
  private static final String TARGETS =
      "\"targets\":{\"notion:createPage\":{\"scope\":\"notion\",\"circuit\":\"CLOSED\",\"paused\":false,"
          + "\"callsPerSecond\":3.0}}";

  @RegisterExtension
  static final WireMockExtension INSTANCE =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  @TempDir private Path directory;

  @BeforeEach
  void answerInTwoPages() {
    INSTANCE.stubFor(
        get(urlPathEqualTo(PREVIEW))
            .withQueryParam("cursor", absent())
            .willReturn(
                okJson(
                    "{\"items\":["
                        + item("l-2", "WOULD_EXECUTE")
                        + ","
                        + item("l-1", "INVALID")
                        + "],\"cutOff\":{\"0\":7,\"1\":9},\"next\":\"c1\","
                        + TARGETS
                        + "}")));
    INSTANCE.stubFor(
        get(urlPathEqualTo(PREVIEW))
            .withQueryParam("cursor", equalTo("c1"))
            .withQueryParam("cut-off", equalTo("0:7,1:9"))
            .willReturn(
                okJson(
                    "{\"items\":["
                        + item("l-0", "WOULD_EXECUTE")
                        + "],\"cutOff\":{\"0\":7,\"1\":9},\"next\":null,"
                        + TARGETS
                        + "}")));
  }

  private static String item(String id, String verdict) {
    String sent = verdict.equals("INVALID") ? "null" : "\"notion:createPage\"";
    return "{\"id\":\"%s\",\"verdict\":\"%s\",\"message\":\"\",\"target\":%s,\"action\":\"notion:createPage\",\"generation\":1}"
        .formatted(id, verdict, sent);
  }

  private static CommandRun replay(String... args) {
    return CommandRun.of(
        Stream.of(Stream.of("replay"), Stream.of(args), Stream.of("--url", INSTANCE.baseUrl()))
            .flatMap(each -> each)
            .toArray(String[]::new));
  }

  private static String hash(String... ids) {
    LetterSet set = LetterSet.EMPTY;
    for (String id : ids) {
      set = set.with(id);
    }
    return set.hash();
  }

  @Test
  void shouldOnlyShowWhatAFilterComesTo() {
    var run = replay("--action", "notion:createPage", "--rate", "10", "--limit", "2");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.outLines().get(0)).startsWith("VERDICT").contains("ID", "WHY");
    assertThat(run.outLines().get(1))
        .startsWith("WOULD_EXECUTE  notion:createPage")
        .contains("l-2");
    assertThat(run.out())
        .contains("... and 1 more")
        .contains("3 letters, hash " + hash("l-0", "l-1", "l-2"))
        .contains("         1  INVALID", "         2  WOULD_EXECUTE")
        .contains("CLOSED       3.0 for notion")
        .contains("limited by notion's 3 calls/s; ramp of 2 stages")
        .contains("Nothing was sent: --yes")
        .contains("--expect " + hash("l-0", "l-1", "l-2"));
    INSTANCE.verify(
        getRequestedFor(urlPathEqualTo(PREVIEW))
            .withQueryParam("cursor", absent())
            .withQueryParam("status", equalTo("OPEN"))
            .withQueryParam("max-generation", equalTo("5"))
            .withQueryParam("action", equalTo("notion:createPage")));
  }

  @Test
  void shouldSayThatWhatIsSentToAPausedTargetWaits() {
    INSTANCE.stubFor(
        get(urlPathEqualTo(PREVIEW))
            .willReturn(
                okJson(
                    "{\"items\":["
                        + item("l-0", "PAUSED")
                        + "],\"cutOff\":{},\"next\":null,"
                        + TARGETS.replace("\"paused\":false", "\"paused\":true")
                        + "}")));

    assertThat(replay("--all").out())
        .contains("Target notion:createPage is paused: what is sent to it waits until");
  }

  @Test
  void shouldShowAPreviewAsOneJsonObject() {
    var run = replay("--all", "--json", "--no-ramp", "--to", "trello:createCard");

    JsonNode json = Json.read(run.out()).orElseThrow();
    assertThat(json.path("dryRun").asBoolean()).isTrue();
    assertThat(json.path("count").asInt()).isEqualTo(3);
    assertThat(json.path("hash").asText()).isEqualTo(hash("l-0", "l-1", "l-2"));
    assertThat(json.at("/verdicts/WOULD_EXECUTE").asInt()).isEqualTo(2);
    assertThat(json.path("seconds").asDouble()).isEqualTo(0.667);
    assertThat(json.path("letters")).hasSize(3);
    INSTANCE.verify(
        getRequestedFor(urlPathEqualTo(PREVIEW))
            .withQueryParam("cursor", absent())
            .withQueryParam("to-target", equalTo("trello:createCard")));
  }

  @Test
  void shouldSendNothingWhenAnIdIsUnknown() {
    INSTANCE.stubFor(
        get(urlPathEqualTo(PREVIEW))
            .withQueryParam("id", equalTo("l-0,l-9"))
            .willReturn(
                okJson(
                    "{\"items\":["
                        + item("l-0", "WOULD_EXECUTE")
                        + ","
                        + item("l-9", "GONE")
                        + "],\"cutOff\":{},\"next\":null,"
                        + TARGETS
                        + "}")));

    var run = replay("l-0", "l-9", "l-0");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("there is no dead letter l-9", "nothing was sent");
  }

  @Test
  void shouldSendNothingWhenAPartOfTheFleetIsAway() {
    INSTANCE.stubFor(
        get(urlPathEqualTo(PREVIEW))
            .willReturn(
                okJson(
                    "{\"items\":["
                        + item("l-0", "WOULD_EXECUTE")
                        + "],\"cutOff\":{\"0\":7},\"next\":null,"
                        + TARGETS
                        + ",\"missing\":[{\"instance\":null,\"partitions\":[1],\"why\":\"it is down\"}]}")));

    var run = replay("--all", "--yes", "--reason", "notion is back");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("lacks partition 1", "it is down", "nothing was sent");
  }

  @Test
  void shouldShowWhatAPatchChanges() throws IOException {
    letter("l-2", "{\"title\":\"Old\",\"container\":\"db\"}");
    Path patch = Files.writeString(directory.resolve("p.json"), "{\"title\":\"New\"}");

    var run = replay("--all", "--patch", patch.toString());

    assertThat(run.outLines())
        .containsSubsequence(
            "--- l-2",
            "+++ l-2 patched",
            " {",
            "-  \"title\" : \"Old\",",
            "+  \"title\" : \"New\",");
    INSTANCE.verify(
        getRequestedFor(urlPathEqualTo(PREVIEW))
            .withQueryParam("cursor", absent())
            .withQueryParam("patch", equalTo("{\"title\":\"New\"}")));
  }

  @Test
  void shouldRefuseAPatchThatDoesNotFitBeforeAnythingIsSent() throws IOException {
    letter("l-2", "{\"title\":\"Old\",\"container\":\"db\"}");
    Path patch = Files.writeString(directory.resolve("p.json"), "{\"tilte\":\"New\"}");

    var run = replay("--all", "--yes", "--reason", "mended", "--patch", patch.toString());

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .contains("does not fit l-2: payload.tilte", "did you mean title?", "nothing was sent");
  }

  @Test
  void shouldSendNothingWhenTheLettersAreOthersThanExpected() {
    var byHash = replay("--all", "--yes", "--reason", "back", "--expect", hash("l-0", "l-1"));
    var byCount = replay("--all", "--yes", "--reason", "back", "--expect", "2");

    assertThat(byHash.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(byHash.err())
        .contains("expected, but now there are 3 with hash " + hash("l-0", "l-1", "l-2"))
        .contains("nothing was sent");
    assertThat(byCount.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(byCount.err()).contains("2 expected, but now there are 3: look at them again");
  }

  @Test
  void shouldFindWhatWasExpected() {
    var byHash = replay("--all", "--expect", hash("l-0", "l-1", "l-2"));
    var byCount = replay("--all", "--expect", "3");

    assertThat(byHash.exitCode()).as(byHash.err()).isEqualTo(ExitCode.OK);
    assertThat(byCount.exitCode()).as(byCount.err()).isEqualTo(ExitCode.OK);
  }

  private static void letter(String id, String payload) {
    INSTANCE.stubFor(
        get(urlPathMatching("/v1/dead-letters/.*"))
            .willReturn(aResponse().withStatus(404).withBody("{\"detail\":\"gone\"}")));
    INSTANCE.stubFor(
        get(urlPathEqualTo("/v1/dead-letters/" + id))
            .willReturn(
                okJson(
                    "{\"letter\":{\"request\":{\"action\":\"notion:createPage\",\"payload\":%s}}}"
                        .formatted(payload))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "| say what to replay",
        "--all --yes | --reason is missing",
        "--all --yes --dry-run | give one of them",
        "--all --yes --reason EXHAUSTED | the filter is --reason-code",
        "l-1 --all | one of them",
        "l-1 --status OPEN | one of them",
        "l-1 --from-topic | one of them",
        "--follow r-1 l-1 | leave out what to replay",
        "--follow r-1 --yes | leave out what to replay",
        "--all --expect some | --expect takes the hash or the count",
        "--all --rate 0 | --rate must be from 0.001",
        "--all --abort-above 2 | write 20% or 0.2",
        "--all --max-generation 0 | --max-generation must be from 1",
        "--all --to slack:postMessage --only-failed-step | give one of them",
        "--all --force-new-generation | is for --from-topic",
        "--all --from-offset 0:1 | need --from-topic",
        "--from-topic | needs --since TIME or --from-offset",
        "--from-topic --since 1h --until 2h | --since is not before --until",
        "--from-topic --since 1h --status OPEN | requests have no status",
        "--from-topic --since 1h --patch x | are for dead letters",
        "--from-topic --from-offset 1 | is no PARTITION:OFFSET",
        "--all --patch no-such-file | cannot read no-such-file",
      })
  void shouldSayWhatIsWrongWithTheCommandLine(String args, String expected) {
    var run = replay(args == null ? new String[0] : args.split(" "));

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(expected);
    assertThat(run.out()).isEmpty();
  }
}
