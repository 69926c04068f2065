package io.backstop.serde;

/**
 * What the value of a record turned out to be.
 *
 * @param <T> what stands on the topic
 */
public sealed interface Decoded<T> {

  /** What the topic is for. */
  record Value<T>(T value) implements Decoded<T> {}

  /**
   * Something else, and that for good.
   *
   * @param reason what is wrong and what to do, for a person
   */
  record Undecodable<T>(String reason) implements Decoded<T> {}

  /** Not known before {@link WireDecoder#fetch} has been called for the id. */
  record SchemaUnknownYet<T>(int schemaId) implements Decoded<T> {}
}
