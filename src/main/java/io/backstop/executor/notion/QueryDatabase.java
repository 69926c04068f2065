package io.backstop.executor.notion;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.ActionRequest;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.action.QueryPayload;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.HealthCheck;
import io.backstop.executor.Json;
import io.backstop.executor.Problems;
import io.backstop.executor.Target;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code notion:query}: pages of a database that match a filter. */
public final class QueryDatabase implements ActionExecutor {
  private static final Target TARGET = new Target("notion:query", PayloadFamily.QUERY);

  @Override
  public Target target() {
    return TARGET;
  }

  @Override
  public List<String> problems(ActionRequest request) {
    var query = (QueryPayload) request.getPayload();
    var container = NotionContainer.of(query.getContainer());
    return new Problems()
        .requireId(
            "payload.container", container.id(), "name the database or data-source:<id> to query")
        .check(!container.isPage(), "payload.container is a page: only databases can be queried")
        .check(
            query.getQuery() == null,
            "payload.query does not apply to notion:query: use payload.filter")
        .check(
            query.getFilter() == null
                || Json.read(query.getFilter()).filter(JsonNode::isObject).isPresent(),
            "payload.filter is not a JSON object: write a Notion filter")
        .check(
            query.getSorts() == null
                || Json.read(query.getSorts()).filter(JsonNode::isArray).isPresent(),
            "payload.sorts is not a JSON list: write a list of Notion sorts")
        .check(
            query.getLimit() >= 1 && query.getLimit() <= 100,
            "payload.limit is " + query.getLimit() + ": write 1 to 100")
        .found();
  }

  @Override
  public Optional<HealthCheck> healthCheck() {
    return Optional.of(NotionApi::whoAmI);
  }

  @Override
  public boolean servesAsFallback() {
    return false;
  }

  @Override
  public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
    var query = (QueryPayload) request.getPayload();
    var container = NotionContainer.of(query.getContainer());
    var body = Json.object().put("page_size", query.getLimit());
    if (query.getFilter() != null) {
      body.set("filter", Json.read(query.getFilter()).orElseThrow());
    }
    if (query.getSorts() != null) {
      body.set("sorts", Json.read(query.getSorts()).orElseThrow());
    }
    if (query.getCursor() != null) {
      body.put("start_cursor", query.getCursor());
    }
    return NotionApi.call(context, container.version(), "POST", container.queryPath())
        .json(body)
        .send(NotionApi.REPLIES);
  }
}
