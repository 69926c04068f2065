package io.backstop.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The endpoints of one service. A pattern is compared segment by segment; {@code {}} stands for any
 * non-empty segment and {@code {}:append} for one with that ending.
 */
final class RouteTable {
  private static final String ANY = "{}";

  private record Entry(String method, String[] pattern, Route route) {}

  private final List<Entry> entries = new ArrayList<>();
  private final Route unknown;

  /**
   * @param notFound answers what no pattern fits
   */
  RouteTable(Function<Call, Reply> notFound) {
    this.unknown = Route.lookup("unknown", notFound);
  }

  RouteTable on(String method, String pattern, Route route) {
    entries.add(new Entry(method, pattern.split("/", -1), route));
    return this;
  }

  Route match(Call call) {
    for (Entry entry : entries) {
      if (entry.method.equals(call.method()) && fits(entry.pattern, call.path())) {
        return entry.route;
      }
    }
    return unknown;
  }

  private static boolean fits(String[] pattern, String[] path) {
    if (pattern.length != path.length) {
      return false;
    }
    for (int i = 0; i < pattern.length; i++) {
      String wanted = pattern[i];
      boolean fits =
          wanted.startsWith(ANY)
              ? path[i].length() > wanted.length() - ANY.length()
                  && path[i].endsWith(wanted.substring(ANY.length()))
              : path[i].equals(wanted);
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
