package io.backstop.demo;

import io.backstop.demo.Ledger.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many requests of each action ended where: at the action itself, at a fallback, or nowhere.
 * Fallbacks have a column when they did something.
 */
final class PlacesTable {
  private static final int ACTION_WIDTH = 20;
  private static final int LEAST_WIDTH = 6;

  private final List<Entry> entries;
  private final List<String> places;

  private PlacesTable(List<Entry> entries) {
    this.entries = entries;
    EndCounts all = EndCounts.of(entries);
    this.places = new ArrayList<>(List.of(Outcome.PRIMARY, Outcome.CACHE));
    places.addAll(all.fallbacks());
    if (all.at(Outcome.OTHER) > 0) {
      places.add(Outcome.OTHER);
    }
    places.add(Outcome.DEAD_LETTER);
  }

  /** Header, a row for each action, and their sum. */
  static List<String> of(List<Entry> entries) {
    return new PlacesTable(entries).lines();
  }

  private List<String> lines() {
    var lines = new ArrayList<String>();
    var header = new ArrayList<String>(List.of("PUBLISHED"));
    places.forEach(place -> header.add(title(place)));
    lines.add(line("ACTION", header, header));
    Map<String, List<Entry>> byAction =
        entries.stream()
            .collect(Collectors.groupingBy(Entry::label, TreeMap::new, Collectors.toList()));
    byAction.forEach((action, some) -> lines.add(line(action, cells(some), header)));
    lines.add(line("all", cells(entries), header));
    return lines;
  }

  private List<String> cells(Collection<Entry> some) {
    EndCounts counts = EndCounts.of(some);
    var cells = new ArrayList<String>(List.of(Integer.toString(some.size())));
    places.forEach(place -> cells.add(counts.at(place) == 0 ? "-" : "" + counts.at(place)));
    return cells;
  }

  /** As wide as the header, so that each column stands below its title. */
  private static String line(String label, List<String> cells, List<String> header) {
    var line = new StringBuilder(("  %-" + ACTION_WIDTH + "s").formatted(label));
    for (int index = 0; index < cells.size(); index++) {
      int width = Math.max(LEAST_WIDTH, header.get(index).length() + 2);
      line.append(("%" + width + "s").formatted(cells.get(index)));
    }
    return line.toString();
  }

  /** Of a target its service: {@code TRELLO} for {@code trello:createCard}. */
  private static String title(String place) {
    int colon = place.indexOf(':');
    return (colon < 0 ? place : place.substring(0, colon)).toUpperCase(Locale.ROOT);
  }
}
