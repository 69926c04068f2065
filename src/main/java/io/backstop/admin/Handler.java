package io.backstop.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletionStage;

/** Answers the requests of one endpoint. */
@FunctionalInterface
interface Handler {

  /**
   * Must not wait for anything but this instance's own stores: what takes longer completes later.
   *
   * @return the answer, or {@link QueryProblem}
   * @throws QueryProblem instead of one
   */
  CompletionStage<ObjectNode> answer(Arguments arguments);
}
