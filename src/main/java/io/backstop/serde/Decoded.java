package io.backstop.serde;

import io.backstop.action.ActionRequest;

/** What the value of a record on the request topic turned out to be. */
public sealed interface Decoded {

  /** A request. */
  record Request(ActionRequest request) implements Decoded {}

  /**
   * Not a request, and never will be.
   *
   * @param reason what is wrong and what to do, for a person
   */
  record Undecodable(String reason) implements Decoded {}

  /** Not known before {@link RequestDecoder#fetch} has been called for the id. */
  record SchemaUnknownYet(int schemaId) implements Decoded {}
}
