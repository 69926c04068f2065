package io.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.SelectionFilter;
import io.backstop.client.QueryClient;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Dead letters as a running instance has them for the whole fleet. */
final class FleetLetters implements LetterSource {
  private final Asking asking;

  FleetLetters(Asking asking) {
    this.asking = asking;
  }

  @Override
  public Page list(SelectionFilter filter, int limit, Optional<String> cursor) {
    List<JsonNode> letters = new ArrayList<>();
    Optional<String> next =
        new LetterPaging(asking, LetterFilters.parameters(filter))
            .read(limit, cursor, letters::addAll);
    return new Page(letters, next);
  }

  @Override
  public Optional<JsonNode> find(String id) {
    QueryClient.Reply reply =
        asking.client().get(LetterPaging.PATH + "/" + QueryClient.encoded(id), Map.of());
    if (reply.isOk()) {
      return Optional.of(reply.body());
    }
    asking.sayWhatIsMissing(reply.body());
    asking.problems().accept(reply.detail());
    return Optional.empty();
  }

  @Override
  public Groups groups(GroupsWanted wanted) {
    Map<String, String> parameters = new TreeMap<>();
    LetterFilters.put(parameters, "target", wanted.target());
    LetterFilters.put(parameters, "failure-class", wanted.failureClass());
    LetterFilters.put(parameters, "open", wanted.openOnly());
    LetterFilters.put(parameters, "limit", wanted.limit());
    JsonNode answer = asking.get("/v1/dead-letter-groups", parameters);
    List<JsonNode> groups = new ArrayList<>();
    answer.path("items").forEach(groups::add);
    return new Groups(groups, answer.path("complete").asBoolean());
  }

  @Override
  public long export(SelectionFilter filter, Optional<Limit> limit, PrintWriter out) {
    LetterPaging paging = new LetterPaging(asking, LetterFilters.parameters(filter));
    try (LetterFetching letters = new LetterFetching(asking, out)) {
      long most = limit.map(each -> (long) each.count()).orElse(Long.MAX_VALUE);
      paging.read(most, Optional.empty(), letters::write);
      if (letters.leftOut() > 0) {
        asking
            .problems()
            .accept("%,d letters could not be read and are left out".formatted(letters.leftOut()));
      }
      return letters.written();
    }
  }

  @Override
  public Problems problems() {
    return asking.problems();
  }
}
