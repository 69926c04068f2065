package io.backstop.topology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.TopologyDescription;

/** A topology as a person sees it: topics, processors and stores, without sources and sinks. */
final class FlowGraph {
  /**
   * The topics of the fallback steps, which are drawn as one, and as two lest there be a circle.
   */
  private static final String FALLBACKS = "actions.fallback.*";

  enum Kind {
    TOPIC,
    PROCESSOR,
    STORE
  }

  /** An arrow, or for a store a tie. */
  record Edge(String from, String to) {}

  final Map<String, Kind> nodes = new TreeMap<>();
  final Set<Edge> arrows = new TreeSet<>(Comparator.comparing(Edge::from).thenComparing(Edge::to));
  final Map<String, Set<String>> usersByStore = new TreeMap<>();
  private final Map<String, Integer> ranks = new LinkedHashMap<>();

  /** What requests go through. */
  static FlowGraph ofRequests(TopologyDescription description) {
    var graph = new FlowGraph();
    for (TopologyDescription.Subtopology part : description.subtopologies()) {
      if (!isOfTheFleet(part)) {
        part.nodes().forEach(graph::add);
      }
    }
    return graph.ranked();
  }

  /** What the fleet decides, and every instance's copy of it. */
  static FlowGraph ofTheFleet(TopologyDescription description) {
    var graph = new FlowGraph();
    for (TopologyDescription.Subtopology part : description.subtopologies()) {
      if (isOfTheFleet(part)) {
        part.nodes().forEach(graph::add);
      }
    }
    for (TopologyDescription.GlobalStore copy : description.globalStores()) {
      graph.add(copy.source());
      graph.add(copy.processor());
    }
    return graph.ranked();
  }

  private static boolean isOfTheFleet(TopologyDescription.Subtopology part) {
    return part.nodes().stream().anyMatch(node -> node.name().equals(NodeNames.COMMAND_INTAKE));
  }

  private FlowGraph ranked() {
    FlowGraph graph = this;
    graph.nodes.keySet().stream()
        .filter(name -> graph.nodes.get(name) != Kind.STORE)
        .forEach(graph::rank);
    return graph;
  }

  private void add(TopologyDescription.Node node) {
    if (node instanceof TopologyDescription.Source source) {
      for (String name : source.topicSet()) {
        String topic = isOfAStep(name) ? "from " + FALLBACKS : name;
        nodes.put(topic, Kind.TOPIC);
        source.successors().forEach(next -> arrows.add(new Edge(topic, next.name())));
      }
    } else if (node instanceof TopologyDescription.Sink sink) {
      // the one sink whose topic depends on the record
      String topic = sink.topic() == null ? "to " + FALLBACKS : sink.topic();
      nodes.put(topic, Kind.TOPIC);
      sink.predecessors().forEach(from -> arrows.add(new Edge(from.name(), topic)));
    } else if (node instanceof TopologyDescription.Processor processor) {
      nodes.put(processor.name(), Kind.PROCESSOR);
      for (TopologyDescription.Node next : processor.successors()) {
        if (!(next instanceof TopologyDescription.Sink)) {
          arrows.add(new Edge(processor.name(), next.name()));
        }
      }
      for (String store : processor.stores()) {
        nodes.put(store, Kind.STORE);
        usersByStore.computeIfAbsent(store, name -> new LinkedHashSet<>()).add(processor.name());
      }
    }
  }

  private static boolean isOfAStep(String topic) {
    return topic.startsWith(FALLBACKS.substring(0, FALLBACKS.length() - 1));
  }

  /** How many arrows the longest way to a node has. */
  int rank(String node) {
    Integer known = ranks.get(node);
    if (known == null) {
      known =
          arrows.stream()
              .filter(e -> e.to().equals(node))
              .mapToInt(e -> rank(e.from()) + 1)
              .max()
              .orElse(0);
      ranks.put(node, known);
    }
    return known;
  }

  /** The longest way to a node, from its start. */
  List<String> wayTo(String end) {
    List<String> way = new ArrayList<>(List.of(end));
    while (rank(way.get(0)) > 0) {
      String at = way.get(0);
      way.add(
          0,
          arrows.stream()
              .filter(edge -> edge.to().equals(at) && rank(edge.from()) == rank(at) - 1)
              .findFirst()
              .orElseThrow()
              .from());
    }
    return way;
  }
}
