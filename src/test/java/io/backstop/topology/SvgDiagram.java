package io.backstop.topology;

import io.backstop.topology.FlowGraph.Edge;
import io.backstop.topology.FlowGraph.Kind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws a flow as SVG: the way to its main end in one line from left to right, the stores above it,
 * ways aside below it, each in a line of its own.
 */
final class SvgDiagram {
  private static final int COLUMN = 204;
  private static final int ROW = 100;
  private static final int WIDTH = 164;
  private static final int HEIGHT = 48;
  private static final int LINE = 21;
  private static final int MARGIN = 30;
  private static final int TITLE = 50;
  private static final int MAIN_ROW = 1;
  private static final int FIRST_SIDE_ROW = 2;

  /** The middle of a box. */
  private record At(int x, int y) {
    int left() {
      return x - WIDTH / 2;
    }

    int right() {
      return x + WIDTH / 2;
    }

    int top() {
      return y - HEIGHT / 2;
    }

    int bottom() {
      return y + HEIGHT / 2;
    }
  }

  private final FlowGraph graph;
  private final Map<String, At> places = new HashMap<>();
  private final StringBuilder svg = new StringBuilder();
  private int lowestRow = MAIN_ROW;

  private SvgDiagram(FlowGraph graph) {
    this.graph = graph;
  }

  /**
   * @param mainEnd topic in which the way that matters most ends
   */
  static String of(FlowGraph graph, String mainEnd, String title) {
    var diagram = new SvgDiagram(graph);
    diagram.place(mainEnd);
    return diagram.draw(title);
  }

  private void place(String mainEnd) {
    List<String> main = graph.wayTo(mainEnd);
    main.forEach(name -> places.put(name, at(graph.rank(name), MAIN_ROW)));
    List<String> aside =
        graph.nodes.keySet().stream()
            .filter(name -> graph.nodes.get(name) == Kind.PROCESSOR && !places.containsKey(name))
            .sorted(
                Comparator.comparing(this::firstRankAside).reversed().thenComparing(graph::rank))
            .toList();
    int row = FIRST_SIDE_ROW;
    for (String name : aside) {
      places.put(name, at(graph.rank(name), row));
      for (Edge edge : graph.arrows) {
        if (edge.from().equals(name)) {
          places.putIfAbsent(edge.to(), at(graph.rank(edge.to()), row));
        } else if (edge.to().equals(name) && graph.nodes.get(edge.from()) == Kind.TOPIC) {
          places.putIfAbsent(edge.from(), at(graph.rank(edge.from()), row));
        }
      }
      lowestRow = row++;
    }
    for (String name : graph.nodes.keySet()) {
      if (graph.nodes.get(name) == Kind.TOPIC && !places.containsKey(name)) {
        places.put(name, at(graph.rank(name), row));
        lowestRow = row++;
      }
    }
    placeStores();
  }

  /**
   * Where the way that leads to a node left the main one, so that it stands below what it follows.
   */
  private int firstRankAside(String name) {
    return graph.arrows.stream()
        .filter(edge -> edge.to().equals(name) && !places.containsKey(edge.from()))
        .mapToInt(edge -> firstRankAside(edge.from()))
        .min()
        .orElse(graph.rank(name));
  }

  private void placeStores() {
    Map<String, Double> wished = new HashMap<>();
    graph.usersByStore.forEach(
        (store, users) ->
            wished.put(
                store, users.stream().mapToInt(user -> places.get(user).x()).average().orElse(0)));
    int free = MARGIN + WIDTH / 2;
    for (String store :
        wished.keySet().stream()
            .sorted(
                Comparator.<String>comparingDouble(wished::get)
                    .thenComparing(store -> graph.usersByStore.get(store).size())
                    .thenComparing(Comparator.naturalOrder()))
            .toList()) {
      int x = Math.max(free, (int) Math.round(wished.get(store)));
      places.put(store, new At(x, at(0, 0).y()));
      free = x + WIDTH + MARGIN / 2;
    }
  }

  private static At at(int column, int row) {
    return new At(MARGIN + WIDTH / 2 + column * COLUMN, TITLE + MARGIN + HEIGHT / 2 + row * ROW);
  }

  private String draw(String title) {
    int width = places.values().stream().mapToInt(At::right).max().orElse(0) + MARGIN;
    int height = at(0, lowestRow).bottom() + MARGIN;
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " font-family=\"system-ui, Helvetica, Arial, sans-serif\" font-size=\"13\">",
        width, height, width, height);
    line(
        "<defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\""
            + " markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L10 5L0 10z\" fill=\"#475569\"/>"
            + "</marker></defs>");
    line("<rect width=\"100%%\" height=\"100%%\" fill=\"#f8fafc\"/>");
    line(
        "<text x=\"%d\" y=\"34\" font-size=\"17\" font-weight=\"600\" fill=\"#0f172a\">%s</text>",
        MARGIN, title);
    graph.usersByStore.forEach(
        (store, users) -> users.forEach(user -> tie(places.get(store), places.get(user))));
    graph.arrows.forEach(edge -> arrow(places.get(edge.from()), places.get(edge.to())));
    graph.nodes.forEach((name, kind) -> box(name, kind, places.get(name)));
    line("</svg>");
    return svg.toString();
  }

  private void tie(At store, At user) {
    int side = Integer.signum(store.x() - user.x()) * Math.min(40, Math.abs(store.x() - user.x()));
    line(
        "<path d=\"M%d %dL%d %d\" stroke=\"#d97706\" stroke-dasharray=\"4 4\" fill=\"none\"/>",
        store.x(), store.bottom(), user.x() + side, user.top());
  }

  private void arrow(At from, At to) {
    String path;
    if (from.y() == to.y() && to.x() - from.x() == COLUMN) {
      path = "M%d %dH%d".formatted(from.right(), from.y(), to.left());
    } else if (from.y() == to.y()) {
      int lane = from.bottom() + (ROW - HEIGHT) / 3;
      path =
          "M%d %dV%dQ%d %d %d %dH%dQ%d %d %d %dV%d"
              .formatted(
                  from.x(),
                  from.bottom(),
                  lane - 8,
                  from.x(),
                  lane,
                  from.x() + 8,
                  lane,
                  to.x() - 8,
                  to.x(),
                  lane,
                  to.x(),
                  lane - 8,
                  to.bottom());
    } else if (from.y() < to.y()) {
      path =
          "M%d %dV%dQ%d %d %d %dH%d"
              .formatted(
                  from.x() - 20,
                  from.bottom(),
                  to.y() - 8,
                  from.x() - 20,
                  to.y(),
                  from.x() - 12,
                  to.y(),
                  to.left());
    } else {
      path =
          "M%d %dH%dQ%d %d %d %dV%d"
              .formatted(
                  from.right(),
                  from.y(),
                  to.x() - 8,
                  to.x(),
                  from.y(),
                  to.x(),
                  from.y() - 8,
                  to.bottom());
    }
    line(
        "<path d=\"%s\" stroke=\"#475569\" stroke-width=\"1.4\" fill=\"none\""
            + " marker-end=\"url(#tip)\"/>",
        path);
  }

  private void box(String name, Kind kind, At at) {
    switch (kind) {
      case TOPIC -> rectangle(at, HEIGHT / 2, "#dbeafe", "#2563eb");
      case PROCESSOR -> rectangle(at, 6, "#ffffff", "#475569");
      case STORE -> cylinder(at);
    }
    List<String> lines = wrapped(name);
    int y = at.y() + 5 - (lines.size() - 1) * 8 + (kind == Kind.STORE ? 6 : 0);
    for (String text : lines) {
      line(
          "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#0f172a\">%s</text>",
          at.x(), y, text);
      y += 16;
    }
  }

  private void rectangle(At at, int radius, String fill, String stroke) {
    line(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\" fill=\"%s\" stroke=\"%s\"/>",
        at.left(), at.top(), WIDTH, HEIGHT, radius, fill, stroke);
  }

  private void cylinder(At at) {
    line(
        "<path d=\"M%d %dv%da%d 7 0 0 0 %d 0v%da%d 7 0 0 0 %d 0a%d 7 0 0 0 %d 0\""
            + " fill=\"#fef3c7\" stroke=\"#d97706\"/>",
        at.left(),
        at.top() + 7,
        HEIGHT - 14,
        WIDTH / 2,
        WIDTH,
        14 - HEIGHT,
        WIDTH / 2,
        -WIDTH,
        WIDTH / 2,
        WIDTH);
  }

  /** In one line, or in two of about the same length. */
  private static List<String> wrapped(String name) {
    int cut = name.length();
    if (name.length() > LINE) {
      for (int at = 1; at < name.length(); at++) {
        boolean may = "-.".indexOf(name.charAt(at - 1)) >= 0;
        if (may && Math.abs(2 * at - name.length()) < Math.abs(2 * cut - name.length())) {
          cut = at;
        }
      }
    }
    return cut == name.length()
        ? List.of(name)
        : List.of(name.substring(0, cut), name.substring(cut));
  }

  private void line(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
