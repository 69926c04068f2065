package io.backstop.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.OperationPlan;
import io.backstop.admin.Gathering.Gathered;
import io.backstop.client.TargetState;
import io.backstop.desk.LetterQuery;
import io.backstop.executor.Json;
import io.backstop.runtime.Stores;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * What a replay would come to, letter by letter: the desks say what they would send in, the
 * instances that have the requests what is done already, and this one's copy of the fleet's state
 * how the targets are.
 */
final class PreviewQueries {
  private final Stores stores;
  private final Gathering gathering;
  private final OutcomeQueries outcomes;
  private final Clock clock;

  PreviewQueries(Stores stores, Gathering gathering, OutcomeQueries outcomes, Clock clock) {
    this.stores = stores;
    this.gathering = gathering;
    this.outcomes = outcomes;
    this.clock = clock;
  }

  CompletionStage<ObjectNode> preview(Arguments arguments) {
    List<String> ids = PreviewParameters.ids(arguments);
    OperationPlan plan = PreviewParameters.plan(arguments);
    PreviewReading reading =
        new PreviewReading(stores.replays().resubmitting(), plan, clock.millis());
    CompletableFuture<Gathered<PreviewPage>> pages;
    int limit;
    if (ids.isEmpty()) {
      LetterQuery query = PreviewParameters.openLetters(arguments);
      limit = query.limit();
      pages =
          gathering.ask(
              arguments,
              Map.of(DeskParameters.LIMIT.name(), "" + limit),
              (partition, part) ->
                  reading.page(partition, part, query, DeskParameters.cutOff(arguments, partition)),
              PreviewPage::read);
    } else {
      limit = ids.size();
      pages =
          gathering.ask(
              arguments,
              Map.of(),
              (partition, part) -> reading.letters(partition, part, ids),
              PreviewPage::read);
    }
    boolean local = arguments.flag(Gathering.LOCAL.name());
    return pages.thenCompose(
        found -> {
          PreviewPage page = PreviewPage.merge(found.answers(), limit);
          return local
              ? CompletableFuture.completedFuture(
                  json(page, page.letters(), Map.of(), found.missing()))
              : finished(page, found.missing(), ids);
        });
  }

  private CompletableFuture<ObjectNode> finished(
      PreviewPage page, List<Missing> missing, List<String> ids) {
    Set<String> keys =
        page.letters().stream()
            .filter(each -> each.verdict() == Verdict.WOULD_EXECUTE)
            .map(each -> each.letter().getIdempotencyKey())
            .filter(key -> key != null)
            .collect(Collectors.toCollection(TreeSet::new));
    return outcomes
        .lookUp(keys)
        .thenApply(
            done -> {
              Map<String, TargetState> targets = targets(page);
              ReplayCircumstances circumstances =
                  new ReplayCircumstances(OutcomeQueries.together(done), targets);
              List<PreviewedLetter> letters =
                  page.letters().stream().map(circumstances::judge).toList();
              List<Missing> all = new ArrayList<>(missing);
              done.missing().forEach(each -> all.add(each.because("not known to be done: ")));
              ObjectNode json = json(page, letters, targets, all);
              if (missing.isEmpty()) {
                sayGone(ids, letters, (ArrayNode) json.get("items"));
              }
              return json;
            });
  }

  private Map<String, TargetState> targets(PreviewPage page) {
    var states = stores.fleetStates();
    var policies = stores.replays().policies();
    Map<String, TargetState> targets = new TreeMap<>();
    page.letters().stream()
        .map(PreviewedLetter::target)
        .flatMap(Optional::stream)
        .forEach(each -> targets.computeIfAbsent(each, t -> TargetState.of(t, policies, states)));
    return targets;
  }

  private static void sayGone(List<String> ids, List<PreviewedLetter> letters, ArrayNode items) {
    Map<String, Boolean> known = new HashMap<>();
    letters.forEach(each -> known.put(each.letter().getId(), true));
    ids.stream()
        .filter(id -> !known.containsKey(id))
        .forEach(id -> items.add(PreviewedLetter.gone(id)));
  }

  private static ObjectNode json(
      PreviewPage page,
      List<PreviewedLetter> letters,
      Map<String, TargetState> targets,
      List<Missing> missing) {
    ObjectNode json = Json.object();
    ArrayNode items = json.putArray("items");
    letters.forEach(each -> items.add(each.json()));
    page.say(json);
    ObjectNode states = json.putObject("targets");
    targets.forEach((target, state) -> states.set(target, ReplayCircumstances.json(state)));
    Missing.say(missing, json);
    return json;
  }
}
