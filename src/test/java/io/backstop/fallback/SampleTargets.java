package io.backstop.fallback;

import io.backstop.action.ActionRequest;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.Target;
import io.backstop.executor.Targets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Targets that are there by name only: all built-in actions and some of one's own. */
final class SampleTargets {
  private static final Map<String, PayloadFamily> ACTIONS =
      Map.of(
          "notion:updatePage", PayloadFamily.TASK,
          "notion:query", PayloadFamily.QUERY,
          "trello:updateCard", PayloadFamily.TASK,
          "slack:updateMessage", PayloadFamily.MESSAGE,
          "drive:createFolder", PayloadFamily.FILE,
          "sheets:update", PayloadFamily.TABLE,
          "gmail:search", PayloadFamily.QUERY);
  private static final Set<String> TAKE_ANYTHING =
      Set.of("csv:log", "local:backup", "file:write", "console:log");

  private SampleTargets() {}

  static Targets all() {
    return Targets.of(
        Stream.of(SampleRequests.FALLBACKS, ACTIONS)
            .flatMap(each -> each.entrySet().stream())
            .map(each -> new Named(new Target(each.getKey(), each.getValue())))
            .toList());
  }

  private record Named(Target target) implements ActionExecutor {
    @Override
    public boolean servesAsFallback() {
      return SampleRequests.FALLBACKS.containsKey(target.name());
    }

    @Override
    public boolean takesAnyPayload() {
      return TAKE_ANYTHING.contains(target.name());
    }

    @Override
    public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
      throw new UnsupportedOperationException("a name only");
    }
  }
}
