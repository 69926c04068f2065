package io.backstop.desk;

import static io.backstop.desk.Letters.START;
import static io.backstop.desk.OperationOrders.order;
import static io.backstop.desk.OperationOrders.outcome;
import static io.backstop.desk.OperationOrders.plan;
import static io.backstop.desk.OperationOrders.release;
import static io.backstop.desk.OperationOrders.replay;
import static io.backstop.desk.OperationOrders.select;
import static io.backstop.desk.OperationOrders.selectFilter;
import static io.backstop.desk.OperationOrders.selectIds;
import static io.backstop.desk.OperationOrders.selection;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.DeskLetter;
import io.backstop.action.DeskOrder;
import io.backstop.action.DeskReport;
import io.backstop.action.LetterSet;
import io.backstop.action.LetterStatus;
import io.backstop.action.Lineage;
import io.backstop.action.OperationKind;
import io.backstop.action.OriginalRecord;
import io.backstop.action.PassedOver;
import io.backstop.action.SelectedLetters;
import io.backstop.action.SelectionFilter;
import io.backstop.action.StoreNames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Working on as many letters as an operation releases. */
class DeskOperationsTest {
  private static final Duration TICK = Duration.ofMillis(20);
  private static final Duration REPORT = Duration.ofMillis(100);

  @TempDir private Path stateDir;
  private DeskScenario desk;

  @BeforeEach
  void start() {
    desk = new DeskScenario(stateDir.resolve("first"));
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  @Test
  void shouldReplayTheOldestAndNoMoreThanAreReleased() {
    desk.read(Letters.failed("a-0-1", START, "down"));
    desk.read(Letters.failed("a-0-2", START.minusSeconds(9), "down"));
    desk.read(Letters.failed("a-0-3", START.minusSeconds(5), "down"));
    desk.order(selectFilter("op", replay(), SelectionFilter.newBuilder(), 3));
    desk.run(REPORT);

    desk.order(release("op", 2));

    assertThat(desk.again())
        .extracting(lineage -> lineage.parentId().orElseThrow())
        .containsExactly("a-0-2", "a-0-3");
    DeskLetter replayed = desk.letter("a-0-2");
    assertThat(replayed.getStatus()).isEqualTo(LetterStatus.REPLAYED);
    assertThat(replayed.getReplays()).isEqualTo(1);
    assertThat(replayed.getOperationId()).isEqualTo("op");
    assertThat(replayed.getNotes())
        .singleElement()
        .matches(note -> note.getActor().equals("ann"))
        .matches(note -> note.getText().equals("replayed as generation 1 by ann: it is mended"));
    assertThat(desk.letter("a-0-1").getStatus()).isEqualTo(LetterStatus.OPEN);
    assertThat(list(LetterStatus.OPEN)).containsExactly("a-0-1");
    assertThat(list(LetterStatus.REPLAYED)).containsExactly("a-0-3", "a-0-2");
    assertThat(groups()).containsExactly("3 of which 1 open");

    desk.order(release("op", 5));
    desk.run(REPORT);

    assertThat(desk.again()).hasSize(1);
    assertThat(desk.told("op").getReleased()).isEqualTo(2 + 5);
    assertThat(desk.told("op").getChanged()).isEqualTo(3);
    assertNothingIsLeft();
  }

  @Test
  void shouldTellWhyLettersWerePassedOver() {
    desk.read(Letters.failed("a-0-1", START, "down"));
    desk.read(Letters.failed("a-0-2", START, "down"));
    desk.read(Letters.failed("a-0-3", START, "down"));
    desk.read(Letters.failed("a-0-4", START, "down"));
    desk.resubmitting.left.put("a-0-1", PassedOver.INVALID);
    desk.resubmitting.left.put("a-0-2", PassedOver.GENERATION);
    desk.order(selectFilter("op", replay(), SelectionFilter.newBuilder(), 4));
    desk.pass(TICK);
    desk.work("dismissal", plan(OperationKind.DISMISS), "a-0-3");

    desk.order(release("op", 4));
    desk.run(REPORT);

    DeskReport told = desk.told("op");
    assertThat(told.getReleased()).isEqualTo(4);
    assertThat(told.getChanged()).isEqualTo(1);
    assertThat(told.getPassedOver())
        .isEqualTo(Map.of("INVALID", 1L, "GENERATION", 1L, "CHANGED", 1L));
    assertThat(desk.letter("a-0-1").getStatus()).isEqualTo(LetterStatus.OPEN);
  }

  @Test
  void shouldPassOverWhatIsNotOnTheDeskAnyMore() {
    desk.close();
    desk = new DeskScenario(stateDir.resolve("short"), "backstop.desk.retention", "1h");
    desk.read(Letters.failed("a-0-1", START.minusSeconds(3_500), "down"));
    desk.order(selectIds("op", replay(), "a-0-1"));
    desk.pass(Duration.ofMillis(20));
    desk.pass(Duration.ofSeconds(200));

    desk.order(release("op", 1));
    desk.run(REPORT);

    assertThat(desk.told("op").getPassedOver()).isEqualTo(Map.of("GONE", 1L));
    assertThat(desk.again()).isEmpty();
  }

  @Test
  void shouldSayThatItCannotFindTheLettersWhenADefectStopsIt() {
    desk.read(Letters.failed("a-0-1", START, "down"));
    desk.resubmitting.defects.add("a-0-1");

    desk.order(selectIds("op", replay().setOnlyFailedStep(true), "a-0-1"));
    desk.run(REPORT);

    assertThat(desk.told("op").getSelected().getProblem()).contains("a defect");
  }

  @Test
  void shouldPassOverALetterOnWhichADefectStopsItAndGoOnWithTheOthers() {
    desk.read(Letters.failed("a-0-1", START, "down"));
    desk.read(Letters.failed("a-0-2", START, "down"));

    desk.order(selectIds("op", replay(), "a-0-1", "a-0-2"));
    desk.run(REPORT);
    desk.resubmitting.defects.add("a-0-1");
    desk.order(release("op", 2));
    desk.run(REPORT);

    assertThat(desk.told("op").getReleased()).isEqualTo(2);
    assertThat(desk.told("op").getPassedOver()).isEqualTo(Map.of("INVALID", 1L));
    assertThat(desk.again()).hasSize(1);
  }

  @Test
  void shouldAnswerForLettersThatAreReleasedAndThatItDoesNotHave() {
    desk.read(Letters.failed("a-0-1", START, "down"));
    desk.order(selectIds("op", replay(), "a-0-1"));
    desk.run(REPORT);

    desk.order(release("op", 3));
    desk.order(release("op", 4));
    desk.order(release("never-heard-of", 5));
    desk.run(REPORT);

    assertThat(desk.told("op").getReleased()).isEqualTo(7);
    assertThat(desk.told("op").getPassedOver()).isEqualTo(Map.of("GONE", 6L));
    assertThat(desk.told("never-heard-of").getPassedOver()).isEqualTo(Map.of("GONE", 5L));
  }

  @Test
  void shouldReleaseWhatWasOrderedBeforeAllWasFound() {
    desk.read(Letters.failed("a-0-1", START, "down"));

    desk.order(selectIds("op", replay(), "a-0-1"));
    desk.order(release("op", 1));
    desk.run(REPORT);

    assertThat(desk.again()).hasSize(1);
  }

  @Test
  void shouldFindTenThousandLettersInBoundedStepsAndGoOnAfterARestart() {
    for (int each = 0; each < 10_000; each++) {
      desk.read(Letters.failed("a-0-" + each, START.minusMillis(each), "down"));
    }
    desk.order(selectFilter("op", replay(), SelectionFilter.newBuilder(), 10_000));
    desk.pass(TICK);
    desk.pass(TICK);

    assertThat(DeskScenario.count(desk.store(StoreNames.LETTERS_IN_READINESS)))
        .isEqualTo(2 * Selecting.STEP);

    desk = desk.restart(Duration.ofSeconds(1));
    desk.run(Duration.ofSeconds(1));

    LetterSet all = LetterSet.EMPTY;
    for (int each = 0; each < 10_000; each++) {
      all = all.with("a-0-" + each);
    }
    assertThat(desk.told("op").getSelected().getCount()).isEqualTo(10_000);
    assertThat(desk.told("op").getSelected().getHash()).isEqualTo(all.hash());

    desk.order(release("op", Releasing.STEP));
    assertThat(desk.again()).hasSize(Releasing.STEP).first().matches(is("a-0-9999"));
    desk.order(release("op", 5_000));
    assertThat(desk.again()).hasSize(Releasing.STEP);

    desk = desk.restart(Duration.ofSeconds(2));
    desk.run(Duration.ofSeconds(3));

    assertThat(desk.again()).hasSize(5_000 - Releasing.STEP);
    assertThat(desk.told("op").getChanged()).isEqualTo(5_000 + Releasing.STEP);

    desk.order(order("op").setEnd(true));
    desk.run(Duration.ofSeconds(1));

    assertNothingIsLeft();
  }

  @Test
  void shouldChangeLettersAsTheOperationSays() {
    desk.read(Letters.failed("a-0-1", START, "down"));

    desk.work("1", plan(OperationKind.NOTE).setNote("seen"), "a-0-1");
    desk.work(
        "2",
        plan(OperationKind.CATEGORIZE)
            .setCategory("quota")
            .setSeverity(io.backstop.action.Severity.CRITICAL)
            .setAddTags(List.of("a", "b")),
        "a-0-1");
    desk.work("3", plan(OperationKind.CATEGORIZE).setRemoveTags(List.of("a")), "a-0-1");
    desk.work("4", plan(OperationKind.DISMISS), "a-0-1");

    DeskLetter letter = desk.letter("a-0-1");
    assertThat(letter.getStatus()).isEqualTo(LetterStatus.DISMISSED);
    assertThat(letter.getCategory()).isEqualTo("quota");
    assertThat(letter.getTags()).containsExactly("b");
    assertThat(letter.getNotes())
        .extracting(note -> note.getText())
        .containsExactly("seen", "dismissed by ann: it is mended");
    assertThat(summaries())
        .singleElement()
        .matches(summary -> summary.getCategory().equals("quota"))
        .matches(summary -> summary.getTags().equals(List.of("b")))
        .matches(summary -> summary.getSeverity() == io.backstop.action.Severity.CRITICAL);
    assertThat(groups()).containsExactly("1 of which 0 open");

    desk.work("5", plan(OperationKind.REOPEN), "a-0-1");
    assertThat(desk.letter("a-0-1").getStatus()).isEqualTo(LetterStatus.OPEN);
    assertThat(groups()).containsExactly("1 of which 1 open");
    assertThat(desk.work("6", plan(OperationKind.REOPEN), "a-0-1").getPassedOver())
        .isEqualTo(Map.of("CHANGED", 1L));

    desk.work("7", plan(OperationKind.CATEGORIZE).setCategory(""), "a-0-1");
    assertThat(desk.letter("a-0-1").getCategory()).isNull();
  }

  @Test
  void shouldHoldNotesAndTagsWithinBounds() {
    desk.read(Letters.failed("a-0-1", START, "down"));
    for (int each = 0; each < 60; each++) {
      desk.work("n" + each, plan(OperationKind.NOTE).setNote("note " + each), "a-0-1");
    }
    assertThat(desk.letter("a-0-1").getNotes()).hasSize(50);
    assertThat(desk.letter("a-0-1").getNotes().get(49).getText()).isEqualTo("note 59");
    for (int each = 0; each < 30; each++) {
      desk.work("l" + each, plan(OperationKind.NOTE).setNote("é".repeat(2_000)), "a-0-1");
    }
    assertThat(desk.letter("a-0-1").getNotes()).hasSize(9);

    List<String> tags = java.util.stream.IntStream.range(0, 20).mapToObj(i -> "t" + i).toList();
    desk.work("tags", plan(OperationKind.CATEGORIZE).setAddTags(tags), "a-0-1");
    DeskReport over =
        desk.work("more", plan(OperationKind.CATEGORIZE).setAddTags(List.of("u")), "a-0-1");
    assertThat(over.getPassedOver()).isEqualTo(Map.of("INVALID", 1L));
    assertThat(desk.letter("a-0-1").getTags()).isEqualTo(tags);
  }

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

  @Test
  void shouldForgetWhatAnOperationThatEndsHasLeft() {
    desk.read(Letters.failed("a-0-1", START, "down"));
    desk.read(Letters.failed("a-0-2", START, "down"));
    desk.order(selectFilter("op", replay(), SelectionFilter.newBuilder(), 2));
    desk.run(REPORT);
    desk.order(release("op", 1));

    desk.order(order("op").setEnd(true));
    desk.order(release("op", 1));
    desk.run(REPORT);

    assertThat(desk.again()).hasSize(1);
    assertNothingIsLeft();
    assertThat(desk.told("op").getChanged()).isEqualTo(1);
    assertThat(desk.told("op").getPassedOver()).isEqualTo(Map.of("GONE", 1L));
  }

  @Test
  void shouldReportEachChangeOnceAcrossARestart() {
    desk.read(Letters.failed("a-0-1", START, "down"));
    desk.order(selectIds("op", replay(), "a-0-1"));
    desk.pass(TICK);
    desk.order(release("op", 1));

    desk = desk.restart(Duration.ofSeconds(1));
    desk.run(REPORT);
    desk.run(REPORT);

    assertThat(desk.told("op").getSelected().getCount()).isEqualTo(1);
    assertThat(desk.told("op").getReleased()).isEqualTo(1);
    assertThat(DeskScenario.count(desk.store(StoreNames.DESK_UNREPORTED))).isZero();
  }

  @Test
  void shouldGoOnAfterOrdersThatAreNone() {
    desk.read(Letters.failed("a-0-1", START, "down"));

    desk.orders.pipeInput(null, "oops".getBytes(StandardCharsets.UTF_8));
    desk.orders.pipeInput(null, (byte[]) null);
    desk.orders.pipeInput(null, new byte[4_180_000]);
    desk.order(order("").setRelease(1));
    desk.order(order("unknown").setRelease(-5));
    desk.order(selectIds("op", replay(), "a-0-1"));
    desk.run(REPORT);

    assertThat(desk.told("op").getSelected().getCount()).isEqualTo(1);
    assertThat(desk.orders("unreadable")).isEqualTo(4);
    assertThat(desk.orders("ignored")).isEqualTo(1);
    assertThat(desk.orders("taken")).isEqualTo(1);
  }

  @Test
  void shouldKeepOrdersInOrderWhileTheSchemaOfOneIsFetched() throws Exception {
    desk.read(Letters.failed("a-0-1", START, "down"));
    String json = DeskOrder.getClassSchema().toString().replace("When it was written", "When");
    int schemaId =
        desk.registryClient.register(
            "other-value",
            new io.confluent.kafka.schemaregistry.avro.AvroSchema(new Schema.Parser().parse(json)));
    byte[] select =
        desk.orderEncoder.encode(selectIds("op", replay(), "a-0-1").setAt(START).build());
    ByteBuffer.wrap(select).putInt(1, schemaId);

    desk.orders.pipeInput(null, select);
    desk.order(release("op", 1));
    assertThat(DeskScenario.count(desk.store(StoreNames.DESK_ORDERS_AWAITING_SCHEMA))).isEqualTo(2);

    desk = desk.restart(Duration.ofSeconds(1));
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              desk.pass(TICK);
              return desk.again().size() == 1;
            });
    desk.run(REPORT);
    assertThat(desk.told("op").getReleased()).isEqualTo(1);
    assertThat(DeskScenario.count(desk.store(StoreNames.DESK_ORDERS_AWAITING_SCHEMA))).isZero();
  }

  private static java.util.function.Predicate<Lineage> is(String parent) {
    return lineage -> lineage.parentId().orElseThrow().equals(parent);
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

  private void assertNothingIsLeft() {
    assertThat(DeskScenario.count(desk.store(StoreNames.DESK_OPERATIONS))).isZero();
    assertThat(DeskScenario.count(desk.store(StoreNames.LETTERS_IN_READINESS))).isZero();
    assertThat(DeskScenario.count(desk.store(StoreNames.DESK_UNREPORTED))).isZero();
  }

  private List<io.backstop.action.LetterSummary> summaries() {
    return DeskLists.all(desk, java.util.Optional.empty());
  }

  private List<String> list(LetterStatus status) {
    return DeskLists.all(desk, java.util.Optional.of(status)).stream()
        .map(summary -> summary.getId())
        .toList();
  }

  private List<String> groups() {
    return DeskLists.groups(desk);
  }
}
