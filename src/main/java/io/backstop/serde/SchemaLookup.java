package io.backstop.serde;

/** How asking the registry for a schema id ended. */
public sealed interface SchemaLookup {

  /** The registry gave an answer about the id: decoding now needs no registry. */
  record Found() implements SchemaLookup {}

  /**
   * The registry has no such id. Decoding says so for a while, then the registry is to be asked
   * again.
   */
  record NotThere(String reason) implements SchemaLookup {}

  /** The registry gave no usable answer; nothing is remembered, try again later. */
  record Unreachable(String reason) implements SchemaLookup {}
}
