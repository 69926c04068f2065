package io.backstop.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.runtime.Address;
import io.backstop.runtime.Placement;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of three partitions, asked over real HTTP. */
class DeskQueriesTest {
  @TempDir private Path directory;
  private final Instance one = new Instance();
  private final Instance other = new Instance();
  private final List<DeskOnDriver> desks = new ArrayList<>();

  @BeforeEach
  void spread() {
    for (int partition = 0; partition < 3; partition++) {
      desks.add(new DeskOnDriver(directory.resolve("" + partition)));
    }
    one.stores.parts.putAll(Map.of(0, desks.get(0), 1, desks.get(1)));
    other.stores.parts.put(2, desks.get(2));
    one.stores.placement =
        new Placement(3, Set.of(0, 1), Map.of(other.server.address(), Set.of(2)));
    other.stores.placement =
        new Placement(3, Set.of(2), Map.of(one.server.address(), Set.of(0, 1)));
    for (int number = 0; number < 12; number++) {
      desks.get(number % 3).read(SampleLetters.failed("l-" + number, number));
    }
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
    desks.forEach(DeskOnDriver::close);
  }

  private static List<String> ids(JsonNode page) {
    return page.path("items").findValuesAsText("id");
  }

  @Test
  void shouldListLettersOfAllInstancesNewestFirst() {
    JsonNode page = other.json("/v1/dead-letters?limit=5");

    assertThat(ids(page)).containsExactly("l-11", "l-10", "l-9", "l-8", "l-7");
    assertThat(page.path("partial").asBoolean()).isFalse();
    assertThat(page.path("missing")).isEmpty();
    assertThat(page.at("/items/0/createdAt").asText()).isEqualTo("2026-11-22T12:00:11Z");
  }

  @Test
  void shouldGoOnAtAnyInstance() {
    List<String> all = new ArrayList<>();
    String cursor = "";
    for (Instance asked : List.of(one, other, one)) {
      JsonNode page = asked.json("/v1/dead-letters?limit=4" + cursor);
      all.addAll(ids(page));
      cursor = "&cursor=" + page.path("next").asText();
    }

    assertThat(all).hasSize(12).doesNotHaveDuplicates().startsWith("l-11").endsWith("l-0");
  }

  @Test
  void shouldPassFiltersOn() {
    desks.get(2).read(SampleLetters.letter("mail", 60, "no such mailbox é&?", "gmail:send"));

    assertThat(ids(one.json("/v1/dead-letters?action=gmail:send"))).containsExactly("mail");
    assertThat(ids(one.json("/v1/dead-letters?text=MAILBOX%20%C3%A9%26%3F")))
        .containsExactly("mail");
    assertThat(ids(one.json("/v1/dead-letters?from=2026-11-22T12:00:10Z&to=2026-11-22T12:00:12Z")))
        .containsExactly("l-11", "l-10");
    assertThat(ids(one.json("/v1/dead-letters?failure-class=timeout"))).isEmpty();
    assertThat(ids(one.json("/v1/dead-letters?status=open&submitter=ann&limit=500"))).hasSize(13);
  }

  @Test
  void shouldListOnlyWhatWasThereWhenThePositionsWereAskedFor() {
    JsonNode position = other.json("/v1/desk-position");
    desks.get(2).read(SampleLetters.failed("later", 60));

    List<String> here = ids(one.json("/v1/dead-letters?cut-off=0:4,1:4,2:4"));
    List<String> there = ids(other.json("/v1/dead-letters?cut-off=0:4,1:4,2:5"));
    List<String> some = ids(one.json("/v1/dead-letters?cut-off=2:1"));

    assertThat(position.path("cutOff").toString()).contains("\"0\":4", "\"1\":4", "\"2\":4");
    assertThat(position.path("partial").asBoolean()).isFalse();
    assertThat(here).hasSize(12).doesNotContain("later");
    assertThat(there).hasSize(13).contains("later");
    assertThat(some).containsExactly("l-2");
  }

  @Test
  void shouldFindALetterWhereverItIs() {
    JsonNode here = one.json("/v1/dead-letters/l-1");
    JsonNode there = one.json("/v1/dead-letters/l-2");

    assertThat(here.at("/letter/id").asText()).isEqualTo("l-1");
    assertThat(there.at("/letter/id").asText()).isEqualTo("l-2");
    assertThat(there.path("status").asText()).isEqualTo("OPEN");
    assertThat(there.at("/letter/original/keyText").asText()).isEqualTo("é");
    assertThat(there.at("/letter/original/value").asText()).isEqualTo("AGwtMg==");
    assertThat(there.at("/letter/original").has("valueText")).isFalse();
  }

  @Test
  void shouldFindALetterWithAnyId() {
    String id = "a/b%2F ?é-#1";
    desks.get(2).read(SampleLetters.failed(id, 70));

    JsonNode found = one.json("/v1/dead-letters/" + io.backstop.client.QueryClient.encoded(id));

    assertThat(found.at("/letter/id").asText()).isEqualTo(id);
  }

  @Test
  void shouldSayThatALetterIsNotThere() {
    var response = one.get("/v1/dead-letters/no-such");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(Instance.json(response).path("detail").asText()).contains("no-such");
  }

  @Test
  void shouldNotClaimThatALetterIsNotThereWhenAPartIsAway() {
    other.close();

    var response = one.get("/v1/dead-letters/l-2");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(Instance.json(response).at("/missing/0/partitions/0").asInt()).isEqualTo(2);
  }

  @Test
  void shouldCountGroupsOverAllInstances() {
    JsonNode groups = other.json("/v1/dead-letter-groups?limit=1");

    JsonNode group = groups.at("/items/0");
    assertThat(group.path("count").asInt()).isEqualTo(12);
    assertThat(group.path("firstSeen").asText()).isEqualTo("2026-11-22T12:00:00Z");
    assertThat(group.path("example").asText()).isEqualTo("l-11");
    assertThat(ids(one.json("/v1/dead-letters?group=" + group.path("fingerprint").asText())))
        .hasSize(12);
  }

  @Test
  void shouldMarkAnAnswerWithoutAnInstanceThatIsDown() {
    other.close();

    JsonNode page = one.json("/v1/dead-letters?limit=500");

    assertThat(ids(page)).hasSize(8).doesNotContain("l-2");
    assertThat(page.path("partial").asBoolean()).isTrue();
    assertThat(page.at("/missing/0/instance").asText())
        .isEqualTo(other.server.address().toString());
    assertThat(page.at("/missing/0/why").asText()).isEqualTo("it cannot be reached");
  }

  @Test
  void shouldMarkAnAnswerWithoutAnInstanceThatHangs() throws IOException {
    try (var silent = new ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress())) {
      Address hanging = new Address("127.0.0.1", silent.getLocalPort());
      one.stores.placement = new Placement(3, Set.of(0, 1), Map.of(hanging, Set.of(2)));

      JsonNode page = one.json("/v1/dead-letters?limit=500");

      assertThat(ids(page)).hasSize(8);
      assertThat(page.at("/missing/0/why").asText()).startsWith("it did not answer within");
    }
  }

  @Test
  void shouldMarkPartitionsThatAreMoving() {
    other.stores.parts.clear();
    one.stores.parts.remove(1);

    JsonNode page = one.json("/v1/dead-letters");

    assertThat(ids(page)).hasSize(4);
    assertThat(page.path("missing").findValuesAsText("instance"))
        .containsExactlyInAnyOrder(
            one.server.address().toString(), other.server.address().toString());
    assertThat(page.path("missing").findValuesAsText("why"))
        .containsOnly("its stores are being moved");
  }

  @Test
  void shouldMarkPartitionsThatNobodyHas() {
    one.stores.placement = new Placement(4, Set.of(0), Map.of(other.server.address(), Set.of(2)));

    JsonNode page = one.json("/v1/dead-letters");

    assertThat(page.path("partial").asBoolean()).isTrue();
    assertThat(page.at("/missing/0/instance").isNull()).isTrue();
    assertThat(page.at("/missing/0/partitions").toString()).isEqualTo("[1,3]");
  }

  @Test
  void shouldAskNobodyElseForItsOwn() {
    other.close();

    JsonNode page = one.json("/v1/dead-letters?local=true&partitions=1");

    assertThat(ids(page)).containsExactly("l-10", "l-7", "l-4", "l-1");
    assertThat(page.path("partial").asBoolean()).isFalse();
  }
}
