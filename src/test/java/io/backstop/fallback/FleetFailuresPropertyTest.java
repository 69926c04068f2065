package io.backstop.fallback;

import static io.backstop.fallback.FailureKeeperTest.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.FleetSignal;
import io.backstop.action.FleetState;
import io.backstop.action.RecentFailures;
import io.backstop.config.SkipConfig;
import io.backstop.testing.TestConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Three instances and the keeper's model, and a network that loses, repeats and delays signals:
 * once it is quiet, everybody agrees with the plain count of all failures.
 */
class FleetFailuresPropertyTest {
  private static final long START = 1_772_000_000_000L;
  private static final long WINDOW = 300_000;
  private static final int ENOUGH = 3;
  private static final SkipConfig SKIP = TestConfig.with().fallback().skip();

  private enum Kind {
    FAIL,
    SEND,
    SEND_TWICE,
    LOSE,
    DELAY,
    DELIVER_LATE,
    PUBLISH,
    CLEAR
  }

  private record Event(Kind kind, int instance, int seconds) {}

  /** What happens, and what everybody should know of it. */
  private static final class Fleet {
    private final Map<Integer, RecentServiceFailures> instances = new TreeMap<>();
    private final FleetFailures keeper = new FleetFailures(WINDOW);
    private final List<FleetSignal> delayed = new ArrayList<>();
    private final List<Long> failedAt = new ArrayList<>();
    private long clearedAt = Long.MIN_VALUE;
    private long now = START;

    Fleet() {
      for (int each = 0; each < 3; each++) {
        instances.put(each, new RecentServiceFailures("i" + each, SKIP));
      }
    }

    void happens(Event event) {
      now += 1 + event.seconds() * 1_000L;
      RecentServiceFailures instance = instances.get(event.instance());
      switch (event.kind()) {
        case FAIL -> {
          instance.failed(failure("notion", now));
          failedAt.add(now);
        }
        case SEND -> instance.due(now).forEach(keeper::heard);
        case SEND_TWICE -> {
          List<FleetSignal> signals = instance.due(now);
          signals.forEach(keeper::heard);
          signals.forEach(keeper::heard);
        }
        case LOSE -> instance.due(now);
        case DELAY -> delayed.addAll(instance.due(now));
        case DELIVER_LATE -> {
          delayed.forEach(keeper::heard);
          delayed.clear();
        }
        case PUBLISH -> publish();
        case CLEAR -> {
          keeper.clear("ann", now);
          clearedAt = now;
          publish();
        }
      }
    }

    /** Each instance gives its sign of life, and hears what has become of it. */
    void becomesQuiet() {
      now += 21_000;
      instances.values().forEach(each -> each.due(now).forEach(keeper::heard));
      publish();
    }

    private void publish() {
      RecentFailures current = keeper.current(now).orElse(null);
      FleetState state =
          current == null
              ? null
              : FleetState.newBuilder()
                  .setWrittenAt(Instant.ofEpochMilli(now))
                  .setFailures(current)
                  .build();
      instances.values().forEach(each -> each.changed("notion", state));
    }

    long counting() {
      return failedAt.stream().filter(at -> at > clearedAt && at > now - WINDOW).count();
    }
  }

  @Property
  void shouldAgreeOnTheFailuresOfTheFleetWhateverBecameOfItsSignals(
      @ForAll("events") List<Event> events) {
    Fleet fleet = new Fleet();
    events.forEach(fleet::happens);

    fleet.becomesQuiet();

    long counting = fleet.counting();
    assertThat(fleet.keeper.current(fleet.now).map(each -> each.getFailures().size()).orElse(0))
        .isEqualTo((int) counting);
    fleet.instances.forEach(
        (name, instance) ->
            assertThat(instance.isSkippable("notion", fleet.now))
                .as("instance %d of %s", name, events)
                .isEqualTo(counting >= ENOUGH));
  }

  @Property
  void shouldNeverCountAFailureTwice(@ForAll("events") List<Event> events) {
    Fleet fleet = new Fleet();

    for (Event event : events) {
      fleet.happens(event);
      if (fleet.counting() < ENOUGH) {
        assertThat(fleet.instances.values())
            .noneMatch(instance -> instance.isSkippable("notion", fleet.now));
      }
    }
  }

  @Provide
  Arbitrary<List<Event>> events() {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Kind.FAIL)), Tuple.of(7, Arbitraries.of(Kind.class))),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 60))
        .as(Event::new)
        .list()
        .ofMaxSize(40);
  }
}
