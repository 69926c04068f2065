package io.backstop.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.docker.PromQuery.LabelMatcher;
import io.backstop.docker.PromQuery.Selector;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromQueryTest {

  @Test
  void shouldFindEverySeriesWithItsMatchersAndTheFunctionsAroundIt() {
    var query =
        PromQuery.parse(
            """
            sum by (target) (rate(a_count{outcome!="succeeded", state=~"OPEN|CLOSED"}[5m]))
              / sum by (target, le) (rate(b_count[$__rate_interval])) > 0.5 and (c unless c offset 5m)
            """);

    assertThat(query.selectors())
        .containsExactly(
            new Selector(
                "a_count",
                List.of(
                    new LabelMatcher("outcome", List.of("succeeded")),
                    new LabelMatcher("state", List.of("OPEN", "CLOSED"))),
                List.of("rate", "sum")),
            new Selector("b_count", List.of(), List.of("rate", "sum")),
            new Selector("c", List.of(), List.of("")),
            new Selector("c", List.of(), List.of("")));
    assertThat(query.groupedBy()).containsExactly("le", "target");
  }

  @Test
  void shouldSeeNoSeriesInNumbersUnitsAndTexts() {
    var query =
        PromQuery.parse("histogram_quantile(0.99, sum by (le) (rate(a_bucket{x=\"b{c}\"}[1h])))");

    assertThat(query.selectors()).extracting(Selector::series).containsExactly("a_bucket");
  }
}
