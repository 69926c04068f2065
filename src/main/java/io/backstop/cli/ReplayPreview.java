package io.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.LetterSet;
import io.backstop.action.Selection;
import io.backstop.action.SelectionFilter;
import io.backstop.client.QueryClient;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a replay would come to, added up page by page: of all letters the numbers, of the first ones
 * the letters themselves.
 */
final class ReplayPreview {
  static final String PATH = "/v1/replay-preview";
  static final String WOULD_EXECUTE = "WOULD_EXECUTE";
  static final String GONE = "GONE";

  /** Their requests are sent in, whatever comes of it. */
  private static final Set<String> SENT =
      Set.of(WOULD_EXECUTE, "ALREADY_DONE", "CIRCUIT_OPEN", "PAUSED");

  private static final int PAGE = 500;
  private static final int IDS_AT_ONCE = 100;
  private static final int LENGTH_AT_ONCE = 6_000;

  private final int keep;
  private final List<JsonNode> first = new ArrayList<>();
  private final Map<String, Long> verdicts = new TreeMap<>();
  private final Map<String, Long> targets = new TreeMap<>();
  private final Map<String, Long> calls = new TreeMap<>();
  private final Map<String, JsonNode> states = new TreeMap<>();
  private final Map<String, Long> cutOff = new TreeMap<>();
  private LetterSet set = LetterSet.EMPTY;
  private long sent;

  /**
   * @param keep how many letters to keep
   */
  ReplayPreview(int keep) {
    this.keep = keep;
  }

  /**
   * Asks a running instance for all letters of a filter. What an answer lacks is said as a problem;
   * then the letters are no selection.
   *
   * @param how parameters of the replay
   */
  static ReplayPreview ofFilter(
      Asking asking, SelectionFilter filter, Map<String, String> how, int keep) {
    ReplayPreview preview = new ReplayPreview(keep);
    Map<String, String> parameters = new TreeMap<>(LetterFilters.parameters(filter));
    parameters.putAll(how);
    parameters.put("limit", Integer.toString(PAGE));
    String next;
    do {
      JsonNode page = asking.get(PATH, parameters);
      preview.add(page);
      next = page.path("next").textValue();
      parameters.put("cut-off", offsets(page.path("cutOff")));
      LetterFilters.put(parameters, "cursor", next);
    } while (next != null);
    return preview;
  }

  private static String offsets(JsonNode cutOff) {
    List<String> offsets = new ArrayList<>();
    cutOff.properties().forEach(each -> offsets.add(each.getKey() + ":" + each.getValue()));
    return String.join(",", offsets);
  }

  /** The same of single letters; those that are not there are GONE. */
  static ReplayPreview ofIds(Asking asking, List<String> given, Map<String, String> how, int keep) {
    ReplayPreview preview = new ReplayPreview(keep);
    List<String> ids = List.copyOf(new LinkedHashSet<>(given));
    for (List<String> part : parts(ids)) {
      Map<String, String> parameters = new TreeMap<>(how);
      parameters.put("id", String.join(",", part));
      preview.add(asking.get(PATH, parameters));
    }
    return preview;
  }

  /** As many at once as an instance takes, which has a bound for the length of a request, too. */
  static List<List<String>> parts(List<String> ids) {
    List<List<String>> parts = new ArrayList<>();
    int length = 0;
    for (String id : ids) {
      List<String> last = parts.isEmpty() ? List.of() : parts.get(parts.size() - 1);
      int own = QueryClient.encoded(id).length();
      if (last.isEmpty() || last.size() == IDS_AT_ONCE || length + own > LENGTH_AT_ONCE) {
        last = new ArrayList<>();
        parts.add(last);
        length = 0;
      }
      last.add(id);
      length += own;
    }
    return parts;
  }

  void add(JsonNode page) {
    page.path("targets").properties().forEach(each -> states.put(each.getKey(), each.getValue()));
    page.path("cutOff")
        .properties()
        .forEach(each -> cutOff.put(each.getKey(), each.getValue().asLong()));
    page.path("items").forEach(this::addLetter);
  }

  private void addLetter(JsonNode letter) {
    String verdict = letter.path("verdict").asText();
    set = set.with(letter.path("id").asText());
    verdicts.merge(verdict, 1L, Long::sum);
    if (first.size() < keep) {
      first.add(letter);
    }
    if (SENT.contains(verdict)) {
      String target = letter.path("target").asText("-");
      sent++;
      targets.merge(target, 1L, Long::sum);
      if (!verdict.equals("ALREADY_DONE")) {
        calls.merge(scope(target), 1L, Long::sum);
      }
    }
  }

  private String scope(String target) {
    JsonNode state = states.get(target);
    return state == null ? target : state.path("scope").asText(target);
  }

  long count() {
    return set.count();
  }

  String hash() {
    return set.hash();
  }

  List<JsonNode> first() {
    return List.copyOf(first);
  }

  /** How many letters of each verdict. */
  Map<String, Long> verdicts() {
    return Map.copyOf(verdicts);
  }

  long count(String verdict) {
    return verdicts.getOrDefault(verdict, 0L);
  }

  /** How many requests are sent to each target. */
  Map<String, Long> targets() {
    return new TreeMap<>(targets);
  }

  /** What the instances say of each target. */
  Map<String, JsonNode> states() {
    return new TreeMap<>(states);
  }

  ReplayTime time(OptionalDouble rate, boolean ramp) {
    Map<String, Double> limits = new TreeMap<>();
    for (JsonNode state : states.values()) {
      double limit = state.path("callsPerSecond").asDouble(0);
      if (limit > 0) {
        limits.put(state.path("scope").asText(), limit);
      }
    }
    return ReplayTime.of(new ReplayTime.Load(sent, calls, limits), rate, ramp);
  }

  /** Pinned as it was counted. */
  Selection selection(SelectionFilter filter) {
    return pinned().setFilter(filter).setCutOff(cutOff).build();
  }

  /** The same for single letters. */
  Selection selection(List<String> ids) {
    return pinned().setIds(List.copyOf(new LinkedHashSet<>(ids))).build();
  }

  private Selection.Builder pinned() {
    return Selection.newBuilder().setCount(set.count()).setHash(set.hash());
  }
}
