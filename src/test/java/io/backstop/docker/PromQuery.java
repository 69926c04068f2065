package io.backstop.docker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Prometheus expression reads: its series with their matchers, and the functions around each
 * one. Prometheus itself says in {@code .ci/check-docker} whether the expression is one.
 */
final class PromQuery {
  private static final Pattern GROUPING =
      Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<range>\\[[^]]*])|(?<offset>\\boffset\\s+\\w+)|(?<matchers>\\{[^}]*})|\"[^\"]*\""
              + "|(?<function>[a-zA-Z_]\\w*)\\s*\\(|(?<name>[a-zA-Z_:][\\w:]*)|(?<open>\\()|(?<close>\\))"
              + "|[\\d.]+|.",
          Pattern.DOTALL);
  private static final Pattern MATCHER =
      Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");
  private static final Set<String> WORDS = Set.of("and", "or", "unless");

  /** One condition on a label; a regular expression is taken apart at its bars. */
  record LabelMatcher(String label, List<String> values) {}

  /**
   * One series that is read.
   *
   * @param functions around it, the innermost first
   */
  record Selector(String series, List<LabelMatcher> matchers, List<String> functions) {}

  private final List<Selector> selectors = new ArrayList<>();
  private final Set<String> groupedBy = new TreeSet<>();

  private PromQuery() {}

  static PromQuery parse(String expression) {
    var query = new PromQuery();
    Matcher grouping = GROUPING.matcher(expression);
    while (grouping.find()) {
      Arrays.stream(grouping.group(2).split(","))
          .map(String::strip)
          .filter(label -> !label.isEmpty())
          .forEach(query.groupedBy::add);
    }
    query.readSelectors(grouping.replaceAll(""));
    return query;
  }

  private void readSelectors(String expression) {
    var functions = new ArrayList<String>();
    Matcher token = TOKEN.matcher(expression);
    while (token.find()) {
      String function = token.group("function");
      String name = token.group("name");
      if (function != null) {
        functions.add(0, WORDS.contains(function) ? "" : function);
      } else if (name != null && !WORDS.contains(name)) {
        selectors.add(new Selector(name, List.of(), List.copyOf(functions)));
      } else if (token.group("open") != null) {
        functions.add(0, "");
      } else if (token.group("close") != null) {
        functions.remove(0);
      } else if (token.group("matchers") != null) {
        Selector bare = selectors.remove(selectors.size() - 1);
        selectors.add(
            new Selector(bare.series(), matchers(token.group("matchers")), bare.functions()));
      }
    }
  }

  private static List<LabelMatcher> matchers(String braces) {
    var found = new ArrayList<LabelMatcher>();
    Matcher matcher = MATCHER.matcher(braces);
    while (matcher.find()) {
      found.add(new LabelMatcher(matcher.group(1), List.of(matcher.group(2).split("\\|"))));
    }
    return found;
  }

  List<Selector> selectors() {
    return selectors;
  }

  /** Labels of all its groupings. */
  Set<String> groupedBy() {
    return groupedBy;
  }
}
