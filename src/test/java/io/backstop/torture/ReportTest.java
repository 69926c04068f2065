package io.backstop.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

  @Test
  void shouldSayWhichBlowsFellAndHowLongCircuitsWereOpen() {
    Report report = report(4_200);

    assertThat(report.lines())
        .anyMatch(line -> line.matches(" +kill +3 +fell"))
        .anyMatch(line -> line.contains("freeze processor 1: it is only starting"))
        .anyMatch(line -> line.matches(" +open circuits, ms +4,200 .*"));
    assertThat(report.json())
        .contains("\"judgedOpenMs\":4200", "\"blowsDone\":{\"kill\":3}")
        .contains("\"blowsSkipped\":[\"freeze processor 1: it is only starting\"]");
  }

  @Test
  void shouldSayThatLeaksWereNotTestedWhereNoCircuitWasOpen() {
    assertThat(report(0).lines()).anyMatch(line -> line.contains("NOT TESTED"));
  }

  private static Report report(long judgedOpenMs) {
    var options =
        new TortureOptions(Duration.ofSeconds(10), 1, 40, "streams", Duration.ofSeconds(60));
    var toll = new Toll(Map.of("kill", 3), List.of("freeze processor 1: it is only starting"));
    var repeats = new Verdict.Repeats(0, 0, 0);
    return new Report(
        options,
        Plan.of(1, options.length()),
        new Verdict(1, 1, 1, 0, 0, 1, repeats, 0, judgedOpenMs, toll, List.of()));
  }
}
