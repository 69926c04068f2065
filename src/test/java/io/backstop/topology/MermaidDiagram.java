package io.backstop.topology;

/** Draws a flow in Mermaid's words. */
final class MermaidDiagram {
  private MermaidDiagram() {}

  static String of(FlowGraph graph) {
    var text = new StringBuilder("flowchart LR\n");
    graph.nodes.forEach(
        (name, kind) ->
            text.append("  ")
                .append(id(name))
                .append(
                    switch (kind) {
                      case TOPIC -> "([\"" + name + "\"]):::topic\n";
                      case PROCESSOR -> "[\"" + name + "\"]:::processor\n";
                      case STORE -> "[(\"" + name + "\")]:::store\n";
                    }));
    graph.arrows.forEach(
        edge -> text.append("  %s --> %s%n".formatted(id(edge.from()), id(edge.to()))));
    graph.usersByStore.forEach(
        (store, users) ->
            users.forEach(user -> text.append("  %s -.- %s%n".formatted(id(store), id(user)))));
    return text.append("  classDef topic fill:#dbeafe,stroke:#2563eb,color:#1e3a8a\n")
        .append("  classDef processor fill:#ffffff,stroke:#475569,color:#0f172a\n")
        .append("  classDef store fill:#fef3c7,stroke:#d97706,color:#78350f\n")
        .toString();
  }

  private static String id(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "_");
  }
}
