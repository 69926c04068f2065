package io.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.FailureClass;
import io.backstop.action.SelectionFilter;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParameterException;

/** Where dead letters are read: from a running instance, or from their topic alone. */
interface LetterSource {

  /**
   * Some letters of a list.
   *
   * @param next where the list goes on; empty at its end
   */
  record Page(List<JsonNode> letters, Optional<String> next) {}

  /**
   * Groups of alike letters.
   *
   * @param complete whether these are all
   */
  record Groups(List<JsonNode> groups, boolean complete) {}

  /**
   * Which groups, the largest first.
   *
   * @param target whose failure decided; null for any
   * @param failureClass null for any
   */
  record GroupsWanted(String target, FailureClass failureClass, boolean openOnly, int limit) {}

  /**
   * The newest letters.
   *
   * @param cursor where a list ended before
   * @throws ParameterException when this source does not know what is asked for
   */
  Page list(SelectionFilter filter, int limit, Optional<String> cursor);

  /** A whole letter; empty, with a problem said, when there is none. */
  Optional<JsonNode> find(String id);

  Groups groups(GroupsWanted wanted);

  /**
   * Writes whole letters, one line each.
   *
   * @param limit only the newest of them; empty for all
   * @return how many were written
   */
  long export(SelectionFilter filter, Optional<Limit> limit, PrintWriter out);

  /** What was wrong on the way. */
  Problems problems();
}
