package io.backstop.desk;

import static io.backstop.desk.DeskScenario.count;
import static io.backstop.desk.Letters.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.DeadLetter;
import io.backstop.action.DeskLetter;
import io.backstop.action.FailureClass;
import io.backstop.action.LetterGroup;
import io.backstop.action.LetterStatus;
import io.backstop.action.LetterSummary;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.Schema;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterDeskTest {
  private static final LetterQuery ALL =
      new LetterQuery(
          LetterFilter.ALL, OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), 1_000);

  @TempDir private Path stateDir;
  private DeskScenario desk;

  @BeforeEach
  void start() {
    desk = new DeskScenario(stateDir, "backstop.desk.retention", "1h");
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void shouldSayHowFarItHasRead() {
    assertThat(desk.position()).isZero();

    desk.read(Letters.failed("a-0-1", START, "page 17 is gone"));
    desk.topic.pipeInput(null, "garbage".getBytes(StandardCharsets.UTF_8));
    long position = desk.position();
    desk.read(Letters.failed("a-0-2", START, "page 18 is gone"));

    assertThat(position).isEqualTo(2);
    assertThat(desk.position()).isEqualTo(3);
    assertThat(desk.reader().list(ALL, position).letters())
        .extracting(LetterSummary::getId)
        .containsExactlyInAnyOrder("a-0-1", "derived-1");
    assertThat(desk.reader().find("a-0-2").orElseThrow().getOffset()).isEqualTo(2);
  }

  @Test
  void shouldKeepALetterWhole() {
    DeadLetter letter = Letters.failed("a-0-1", START, "page 17 is gone");

    desk.read(letter);

    DeskLetter kept = desk.reader().find("a-0-1").orElseThrow();
    assertThat(kept.getLetter()).isEqualTo(letter);
    assertThat(kept.getStatus()).isEqualTo(LetterStatus.OPEN);
    assertThat(desk.reader().list(ALL).letters())
        .singleElement()
        .matches(summary -> summary.getTarget().equals("trello:createCard"))
        .matches(summary -> summary.getAction().equals("notion:createPage"))
        .matches(summary -> summary.getFingerprint().equals(kept.getFingerprint()));
  }

  @Test
  void shouldChangeNothingWhenItReadsALetterAgain() {
    DeadLetter letter = Letters.failed("a-0-1", START, "down");

    desk.read(letter);
    desk.read(letter);

    assertThat(count(desk.byTime())).isEqualTo(1);
    assertThat(onlyGroup().getCount()).isEqualTo(1);
    assertThat(desk.counted("repeated")).isEqualTo(1);
  }

  @Test
  void shouldLetALaterLetterTakeThePlaceOfOneWithItsId() {
    desk.read(Letters.failed("a-0-1", START.minusSeconds(9), "down"));
    desk.read(Letters.failed("a-0-1", START, "gone"));

    assertThat(desk.reader().list(ALL).letters())
        .singleElement()
        .matches(summary -> summary.getReason().endsWith("gone"));
    assertThat(onlyGroup().getMessage()).isEqualTo("gone");
  }

  @Test
  void shouldCountAlikeFailuresInOneGroup() {
    desk.read(Letters.failed("a-0-1", START.minusSeconds(2), "page 17 is gone"));
    desk.read(Letters.failed("a-0-2", START, "page 18 is gone"));
    desk.read(Letters.failed("a-0-3", START.minusSeconds(3), "page 19 is gone"));
    desk.read(Letters.failed("a-0-4", START, "page 19 is locked"));

    List<FoundGroup> groups =
        desk.reader().groups(new GroupQuery(Optional.empty(), Optional.empty(), true, 10)).groups();
    LetterGroup first = groups.get(0).group();
    assertThat(groups).extracting(found -> found.group().getCount()).containsExactly(3L, 1L);
    assertThat(first.getMessage()).isEqualTo("page # is gone");
    assertThat(first.getTarget()).isEqualTo("trello:createCard");
    assertThat(first.getFailureClass()).isEqualTo(FailureClass.SERVER_ERROR);
    assertThat(first.getOpen()).isEqualTo(3);
    assertThat(first.getFirstSeen()).isEqualTo(START.minusSeconds(3));
    assertThat(first.getLastSeen()).isEqualTo(START);
    assertThat(first.getExample()).isEqualTo("a-0-2");
  }

  @Test
  void shouldKeepWhatIsNoDeadLetterAsOne() {
    desk.topic.pipeInput(null, "no letter".getBytes(StandardCharsets.UTF_8));
    desk.read(Letters.failed("a-0-1", START, "down"));

    DeskLetter kept = desk.reader().find("derived-0").orElseThrow();
    assertThat(kept.getLetter().getFailureClass()).isEqualTo(FailureClass.UNDECODABLE);
    assertThat(kept.getLetter().getReason())
        .contains("no dead letter stands at actions.dead-letters-0-0", "looks like text");
    assertThat(desk.reader().find("a-0-1")).isPresent();
    assertThat(desk.counted("unreadable")).isEqualTo(1);
  }

  @Test
  void shouldNotTakeALetterThatItsStoresCouldNot() {
    desk.topic.pipeInput(null, new byte[4_180_000]);
    desk.read(Letters.failed("x".repeat(401), START, "down"));
    desk.read(Letters.failed("", START, "down"));

    assertThat(desk.counted("unreadable")).isEqualTo(3);
    assertThat(desk.reader().find("derived-0").orElseThrow().getLetter().getReason())
        .contains("4,180,000 bytes, more than any letter");
    assertThat(desk.reader().find("derived-1").orElseThrow().getLetter().getReason())
        .contains("its id has 401 characters");
  }

  @Test
  void shouldHoldALetterOfTheFutureForOneOfNow() {
    desk.read(Letters.failed("a-0-1", START.plusSeconds(1_000_000), "down"));
    desk.read(Letters.failed("a-0-2", Instant.ofEpochMilli(Long.MAX_VALUE), "down"));

    assertThat(desk.reader().list(ALL).letters())
        .extracting(summary -> summary.getCreatedAt())
        .containsExactly(START, START);

    desk.pass(Duration.ofHours(1));

    assertThat(desk.reader().list(ALL).letters()).isEmpty();
  }

  @Test
  void shouldNotTakeALetterWhoseTimeIsOver() {
    desk.read(Letters.failed("a-0-1", START.minus(Duration.ofHours(1)), "down"));
    desk.read(Letters.failed("a-0-2", Instant.ofEpochMilli(Long.MIN_VALUE), "down"));

    assertThat(count(desk.letters())).isZero();
    assertThat(desk.counted("expired")).isEqualTo(2);
  }

  @Test
  void shouldTakeLettersOffWhenTheirTimeIsOverAndCountTheirGroupsDown() {
    desk.read(Letters.failed("a-0-1", START.minusSeconds(3_000), "page 1 is gone"));
    desk.read(Letters.failed("a-0-2", START.minusSeconds(2_000), "page 2 is gone"));
    desk.read(Letters.failed("a-0-3", START.minusSeconds(3_000), "locked"));

    desk.pass(Duration.ofSeconds(599));
    assertThat(count(desk.letters())).isEqualTo(3);

    desk.pass(Duration.ofSeconds(2));
    assertThat(desk.reader().find("a-0-1")).isEmpty();
    assertThat(onlyGroup().getCount()).isEqualTo(1);
    assertThat(onlyGroup().getOpen()).isEqualTo(1);

    desk.pass(Duration.ofSeconds(1_000));
    assertThat(count(desk.letters())).isZero();
    assertThat(count(desk.byTime())).isZero();
    assertThat(count(desk.groups())).isZero();
    assertThat(desk.counted("swept")).isEqualTo(3);
  }

  @Test
  void shouldSweepALetterThatIsOlderThanOneSweptBefore() {
    desk.read(Letters.failed("a-0-2", START.minusSeconds(3_000), "down"));
    desk.pass(Duration.ofSeconds(601));
    desk.read(Letters.failed("a-0-1", START.minusSeconds(2_999).plusMillis(1_500), "down"));
    desk.pass(Duration.ofSeconds(5));

    assertThat(count(desk.byTime())).isZero();
  }

  @Test
  void shouldWaitForTheSchemaOfALetter() throws Exception {
    String json = DeadLetter.getClassSchema().toString().replace("Why there is", "For what is");
    int schemaId =
        desk.registryClient.register(
            "other-value",
            new io.confluent.kafka.schemaregistry.avro.AvroSchema(new Schema.Parser().parse(json)));
    byte[] value = desk.encoder.encode(Letters.failed("a-0-1", START, "down"));
    ByteBuffer.wrap(value).putInt(1, schemaId);

    desk.topic.pipeInput(null, value);

    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              desk.pass(Duration.ofMillis(20));
              return desk.reader().find("a-0-1").isPresent();
            });
  }

  private LetterGroup onlyGroup() {
    GroupPage page =
        desk.reader().groups(new GroupQuery(Optional.empty(), Optional.empty(), false, 10));
    assertThat(page.groups()).hasSize(1);
    assertThat(page.complete()).isTrue();
    return page.groups().get(0).group();
  }
}
