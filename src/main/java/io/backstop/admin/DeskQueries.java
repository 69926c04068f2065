package io.backstop.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.backstop.action.DeskLetter;
import io.backstop.action.LetterGroup;
import io.backstop.action.LetterSummary;
import io.backstop.action.StoreNames;
import io.backstop.admin.Gathering.Gathered;
import io.backstop.desk.DeskPosition;
import io.backstop.desk.DeskReader;
import io.backstop.desk.FoundGroup;
import io.backstop.desk.GroupPage;
import io.backstop.desk.GroupPages;
import io.backstop.desk.GroupQuery;
import io.backstop.desk.LetterPage;
import io.backstop.desk.LetterPages;
import io.backstop.desk.LetterPosition;
import io.backstop.desk.LetterQuery;
import io.backstop.executor.Json;
import io.backstop.runtime.Stores;
import io.backstop.serde.AvroJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What the desks of all instances have, as one desk. */
final class DeskQueries {
  private static final int ALL_THERE_ARE = 500;

  /** Name of the positions in their answer, as a selection has them. */
  private static final String CUT_OFF = "cutOff";

  private final Gathering gathering;

  DeskQueries(Gathering gathering) {
    this.gathering = gathering;
  }

  CompletionStage<ObjectNode> list(Arguments arguments) {
    LetterQuery query = DeskParameters.letters(arguments);
    Map<String, String> asLong = Map.of(DeskParameters.LIMIT.name(), "" + query.limit());
    return gathering
        .ask(
            arguments,
            asLong,
            (partition, part) ->
                reader(part).list(query, DeskParameters.before(arguments, partition)),
            DeskQueries::page)
        .thenApply(found -> json(LetterPages.merge(found.answers(), query.limit()), found));
  }

  CompletionStage<ObjectNode> find(Arguments arguments) {
    String id = arguments.text(DeskParameters.ID.name()).orElseThrow();
    return gathering
        .ask(
            arguments,
            Map.of(),
            part -> reader(part).find(id).map(DeskQueries::json),
            answer -> Optional.of(answer).filter(each -> each.has("letter")))
        .thenApply(found -> only(id, found));
  }

  CompletionStage<ObjectNode> groups(Arguments arguments) {
    int limit = arguments.count(DeskParameters.GROUP_LIMIT);
    // a group that is small on one instance may be large on all together
    GroupQuery wide = DeskParameters.groups(arguments, GroupQuery.MOST);
    Map<String, String> widely = Map.of(DeskParameters.GROUP_LIMIT.name(), "" + ALL_THERE_ARE);
    return gathering
        .ask(arguments, widely, part -> reader(part).groups(wide), DeskQueries::groupPage)
        .thenApply(found -> json(GroupPages.merge(found.answers(), limit), found));
  }

  CompletionStage<ObjectNode> position(Arguments arguments) {
    return gathering
        .ask(
            arguments,
            Map.of(),
            (partition, part) ->
                Json.object()
                    .put("" + partition, DeskPosition.of(part.store(StoreNames.DESK_POSITION))),
            answer -> (ObjectNode) answer.path(CUT_OFF))
        .thenApply(DeskQueries::cutOff);
  }

  private static ObjectNode cutOff(Gathered<ObjectNode> found) {
    ObjectNode json = Json.object();
    ObjectNode cutOff = json.putObject(CUT_OFF);
    found.answers().forEach(cutOff::setAll);
    Missing.say(found.missing(), json);
    return json;
  }

  private static DeskReader reader(Stores.Part part) {
    return new DeskReader(
        part.store(StoreNames.LETTERS),
        part.store(StoreNames.LETTERS_BY_TIME),
        part.store(StoreNames.LETTER_GROUPS));
  }

  private static ObjectNode json(DeskLetter letter) {
    return LetterJson.of(letter);
  }

  private static ObjectNode only(String id, Gathered<Optional<ObjectNode>> found) {
    Optional<ObjectNode> letter = found.answers().stream().flatMap(Optional::stream).findFirst();
    if (letter.isPresent()) {
      return letter.get();
    }
    ObjectNode more = Json.object();
    Missing.say(found.missing(), more);
    if (found.missing().isEmpty()) {
      throw new QueryProblem(404, "there is no dead letter " + id, more);
    }
    throw new QueryProblem(
        503, "dead letter " + id + " is not among those that can be read for the moment", more);
  }

  private static ObjectNode json(LetterPage page, Gathered<?> found) {
    ObjectNode json = Json.object();
    ArrayNode items = json.putArray("items");
    page.letters().forEach(letter -> items.add(AvroJson.of(letter)));
    json.put("next", page.next().map(LetterPosition::cursor).orElse(null));
    Missing.say(found.missing(), json);
    return json;
  }

  private static LetterPage page(ObjectNode json) {
    List<LetterSummary> letters = new ArrayList<>();
    for (JsonNode item : json.path("items")) {
      letters.add(
          FlatRecord.read(LetterSummary.class, LetterSummary.getClassSchema(), (ObjectNode) item));
    }
    Optional<LetterPosition> next =
        Optional.ofNullable(json.path("next").textValue()).map(LetterPosition::ofCursor);
    return new LetterPage(letters, next);
  }

  private static ObjectNode json(GroupPage page, Gathered<?> found) {
    ObjectNode json = Json.object();
    ArrayNode items = json.putArray("items");
    for (FoundGroup each : page.groups()) {
      ObjectNode item = items.addObject().put("fingerprint", each.fingerprint());
      item.setAll(AvroJson.of(each.group()));
    }
    json.put("complete", page.complete());
    Missing.say(found.missing(), json);
    return json;
  }

  private static GroupPage groupPage(ObjectNode json) {
    List<FoundGroup> groups = new ArrayList<>();
    for (JsonNode item : json.path("items")) {
      LetterGroup group =
          FlatRecord.read(LetterGroup.class, LetterGroup.getClassSchema(), (ObjectNode) item);
      groups.add(new FoundGroup(item.path("fingerprint").asText(), group));
    }
    return new GroupPage(groups, json.path("complete").asBoolean());
  }
}
