package io.backstop.demo;

import io.backstop.simulator.EmulatedService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which services are down when, while Notion is: so that each fallback of the demo is needed, and
 * in the end Notion's pages go past three services that are down.
 */
final class OutagePlan {

  /**
   * A service goes down or returns.
   *
   * @param after since Notion went down
   */
  record Change(Duration after, EmulatedService service, boolean isDown) {}

  /** From and until which part of Notion's outage a service is down, too. */
  private record Spell(EmulatedService service, double from, double until) {}

  private static final List<Spell> SPELLS =
      List.of(
          new Spell(EmulatedService.NOTION, 0, 1),
          new Spell(EmulatedService.SLACK, 0.1, 0.4),
          new Spell(EmulatedService.SHEETS, 0.3, 0.6),
          new Spell(EmulatedService.TRELLO, 0.5, 1),
          new Spell(EmulatedService.DRIVE, 0.6, 0.9),
          new Spell(EmulatedService.GOOGLE_TASKS, 0.8, 1));

  private OutagePlan() {}

  /**
   * In the order of time; Notion's return is the last.
   *
   * @param outage how long Notion is down
   */
  static List<Change> of(Duration outage) {
    var changes = new ArrayList<Change>();
    for (Spell spell : SPELLS) {
      changes.add(new Change(part(outage, spell.from), spell.service, true));
      changes.add(new Change(part(outage, spell.until), spell.service, false));
    }
    Comparator<Change> byTime = Comparator.comparing(Change::after);
    changes.sort(byTime.thenComparing(change -> isReturnOfNotion(change)));
    return List.copyOf(changes);
  }

  private static boolean isReturnOfNotion(Change change) {
    return change.service() == EmulatedService.NOTION && !change.isDown();
  }

  private static Duration part(Duration outage, double share) {
    return Duration.ofMillis(Math.round(outage.toMillis() * share));
  }
}
