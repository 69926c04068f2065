package io.backstop.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.docker.MetricCatalogue.Meter;
import io.backstop.docker.PromQuery.LabelMatcher;
import io.backstop.docker.PromQuery.Selector;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What dashboard and alerts ask for is there, under that name, and asked for as its kind wants. */
class QueriedMetricsTest {
  private static final MetricCatalogue CATALOGUE = MetricCatalogue.read();

  /** Those that Prometheus itself adds, and the bounds of a histogram. */
  private static final Set<String> ADDED = Set.of("instance", "job", "le");

  static Stream<String> expressions() {
    return Stream.concat(dashboard(), alerts());
  }

  private static Stream<String> dashboard() {
    return CommittedDocuments.dashboard().findValues("targets").stream()
        .flatMap(targets -> CommittedDocuments.elements(targets))
        .map(target -> target.path("expr").asText());
  }

  private static Stream<String> alerts() {
    return CommittedDocuments.yaml("docker/prometheus/alerts.yml").findValues("rules").stream()
        .flatMap(rules -> CommittedDocuments.elements(rules))
        .map(rule -> rule.path("expr").asText());
  }

  private static Stream<Selector> ours(PromQuery query) {
    return query.selectors().stream().filter(each -> !each.series().equals("up"));
  }

  private static Meter meter(Selector selector) {
    return CATALOGUE.meter(selector.series()).orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void shouldAskForMetersThatTheCatalogueHas(String expression) {
    assertThat(PromQuery.parse(expression).selectors())
        .isNotEmpty()
        .allSatisfy(
            each ->
                assertThat(each.series().equals("up") || CATALOGUE.meter(each.series()).isPresent())
                    .as("%s is in docs/metrics.md", each.series())
                    .isTrue());
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void shouldUseTagsThatTheMeterHas(String expression) {
    PromQuery query = PromQuery.parse(expression);
    Set<String> all = new HashSet<>(ADDED);
    ours(query)
        .forEach(
            each -> {
              all.addAll(meter(each).tags());
              assertThat(each.matchers())
                  .extracting(LabelMatcher::label)
                  .as("matchers of %s", each.series())
                  .allMatch(label -> meter(each).tags().contains(label) || ADDED.contains(label));
            });
    assertThat(all).as("tags of what is grouped").containsAll(query.groupedBy());
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void shouldCompareTagsWithValuesThatTheCatalogueNames(String expression) {
    ours(PromQuery.parse(expression))
        .forEach(
            each ->
                each.matchers().stream()
                    .filter(matcher -> !ADDED.contains(matcher.label()))
                    .flatMap(matcher -> matcher.values().stream())
                    .forEach(
                        value ->
                            assertThat(meter(each).values())
                                .as("values of the tags of %s", each.series())
                                .containsPattern("\\b" + value + "\\b")));
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void shouldTakeTheRateOfCountersAndTheMaximumOfWhatTheWholeFleetShares(String expression) {
    // what is there now and was not there before has increased, too
    String rates = expression.replaceAll("(\\w+) unless \\1 offset \\w+", "increase($1)");
    ours(PromQuery.parse(rates))
        .forEach(
            each -> {
              boolean isCounted = meter(each).counts() || meter(each).isTimer();
              if (isCounted) {
                assertThat(each.functions().get(0))
                    .as("function around %s", each.series())
                    .isIn("rate", "increase");
              }
              if (meter(each).isSameInAllInstances()) {
                assertThat(each.functions().get(0))
                    .as("function around %s", each.series())
                    .isEqualTo("max");
              }
            });
  }
}
