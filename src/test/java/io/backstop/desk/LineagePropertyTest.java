package io.backstop.desk;

import static io.backstop.desk.OperationOrders.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.DeadLetter;
import io.backstop.action.DeskLetter;
import io.backstop.action.LetterGroup;
import io.backstop.action.LetterStatus;
import io.backstop.action.LetterSummary;
import io.backstop.action.OperationKind;
import io.backstop.action.ReplayOutcome;
import io.backstop.action.ResultStatus;
import io.backstop.action.StoreNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.streams.state.KeyValueStore;

/** Whatever is done in whatever order, lists and groups say what the letters are. */
class LineagePropertyTest {
  private static final long NOW = Letters.START.toEpochMilli();

  private final Map<String, String> roots = new HashMap<>();
  private final List<String> ids = new ArrayList<>();
  private Desk desk;
  private Lineages lineages;
  private Changes changes;
  private DeskScenario stores;
  private int made;

  @Property(tries = 15)
  void shouldCountEachLineageOnceAndHoldStoresTogether(@ForAll long seed) throws Exception {
    Path stateDir = Files.createTempDirectory("lineages");
    roots.clear();
    ids.clear();
    made = 0;
    try (DeskScenario scenario = new DeskScenario(stateDir)) {
      stores = scenario;
      desk = new Desk(scenario.letters(), new LettersByTime(scenario.byTime()), scenario.groups());
      lineages = new Lineages(desk, new Unreported(scenario.store(StoreNames.DESK_UNREPORTED)));
      changes = new Changes(lineages);
      Random random = new Random(seed);
      for (int step = 0; step < 150; step++) {
        doAnything(random);
      }
      check();
    } finally {
      try (var files = Files.walk(stateDir)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  private void doAnything(Random random) {
    if (ids.isEmpty() || random.nextInt(6) == 0) {
      add(newLetter(null, 0));
      return;
    }
    String id = ids.get(random.nextInt(ids.size()));
    Optional<DeskLetter> letter = desk.find(id);
    switch (random.nextInt(7)) {
      case 0, 1 -> letter.ifPresent(this::replay);
      case 2 ->
          letter
              .filter(Lineages::isUnderWay)
              .ifPresent(
                  parent -> {
                    DeadLetter child = newLetter(id, generation(parent));
                    add(child);
                    lineages.failedAgain(child, NOW);
                  });
      case 3 -> letter.ifPresent(each -> end(each, random.nextBoolean(), random.nextBoolean()));
      case 4 -> letter.ifPresent(each -> change(OperationKind.DISMISS, each));
      case 5 -> letter.ifPresent(each -> change(OperationKind.REOPEN, each));
      default -> {
        letter.ifPresent(each -> assertThat(desk.add(each.getLetter(), 1)).isFalse());
        if (random.nextInt(5) == 0) {
          desk.removeExpired(NOW + random.nextInt(made + 1) - 5, 1_000);
        }
      }
    }
  }

  private DeadLetter newLetter(String parent, int generation) {
    String id = "l-" + made;
    Instant createdAt = Instant.ofEpochMilli(NOW + made++);
    String message = "cause " + (made % 2 == 0 ? "one" : "other");
    ids.add(id);
    roots.put(id, parent == null ? id : roots.get(parent));
    return DeadLetter.newBuilder(Letters.failed(id, createdAt, message))
        .setParentId(parent)
        .setGeneration(generation)
        .setReplayId(parent == null ? null : "op")
        .build();
  }

  private void add(DeadLetter letter) {
    assertThat(desk.add(letter, made)).isTrue();
  }

  private void replay(DeskLetter letter) {
    if (letter.getStatus() == LetterStatus.OPEN && !lineages.isUnderWayAnywhere(letter)) {
      DeskLetter replayed =
          DeskLetter.newBuilder(lineages.goOnFrom(letter))
              .setStatus(LetterStatus.REPLAYED)
              .setReplays(letter.getReplays() + 1)
              .build();
      desk.change(letter, replayed);
    }
  }

  private void end(DeskLetter letter, boolean suppressed, boolean done) {
    lineages.ended(
        "op",
        new ReplayOutcome(
            letter.getLetter().getId(),
            generation(letter),
            suppressed,
            done,
            ResultStatus.SUCCEEDED),
        NOW);
  }

  private void change(OperationKind kind, DeskLetter letter) {
    try {
      desk.change(letter, changes.apply(plan(kind).build(), "op", letter, NOW));
    } catch (LeftAlone e) {
      assertThat(e.why()).isNotNull();
    }
  }

  private static int generation(DeskLetter letter) {
    return letter.getLetter().getGeneration() + letter.getReplays();
  }

  private void check() {
    Map<String, long[]> counted = new HashMap<>();
    Map<String, Integer> lastOfRoot = new HashMap<>();
    Map<String, LetterSummary> summaries = new HashMap<>();
    Set<String> present = new HashSet<>();
    try (var all = stores.letters().all()) {
      all.forEachRemaining(
          entry -> {
            DeskLetter letter = entry.value;
            present.add(entry.key);
            summaries.put(entry.key, LetterSummaries.of(letter));
            if (letter.getChildId() == null) {
              lastOfRoot.merge(roots.get(entry.key), 1, Integer::sum);
              long[] group = counted.computeIfAbsent(letter.getFingerprint(), f -> new long[2]);
              group[0]++;
              group[1] += letter.getStatus() == LetterStatus.OPEN ? 1 : 0;
            }
          });
    }
    assertThat(lastOfRoot.values()).allMatch(last -> last == 1);
    assertThat(groups()).isEqualTo(texts(counted));
    Map<String, LetterSummary> listed = new HashMap<>();
    try (var all = stores.byTime().all()) {
      all.forEachRemaining(
          entry -> assertThat(listed.put(entry.value.getId(), entry.value)).isNull());
    }
    assertThat(listed).isEqualTo(summaries);
  }

  private Map<String, String> groups() {
    KeyValueStore<String, LetterGroup> store = stores.groups();
    Map<String, String> groups = new HashMap<>();
    try (var all = store.all()) {
      all.forEachRemaining(
          entry -> groups.put(entry.key, entry.value.getCount() + " " + entry.value.getOpen()));
    }
    return groups;
  }

  private static Map<String, String> texts(Map<String, long[]> counted) {
    Map<String, String> texts = new HashMap<>();
    counted.forEach((fingerprint, group) -> texts.put(fingerprint, group[0] + " " + group[1]));
    return texts;
  }
}
