package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoIT {

  @Test
  void shouldAccountForEveryPublishedRecord() throws Exception {
    CommandRun run = CommandRun.of("demo", "--requests", "60", "--exit");

    assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(ExitCode.OK);
    List<String> lines = run.outLines();
    JsonNode figures = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    assertThat(figures.get("published").asLong()).isGreaterThan(101 + 7 * 40);
    assertThat(figures.get("lost").asLong()).isZero();
    assertThat(figures.get("recordedTwice").asLong()).isZero();
    assertThat(figures.get("duplicates").asLong()).isGreaterThanOrEqualTo(7);
    assertThat(figures.get("deadLettered").asLong()).isGreaterThanOrEqualTo(3);
    long ended =
        figures.get("succeeded").asLong()
            + figures.get("viaFallback").asLong()
            + figures.get("duplicates").asLong()
            + figures.get("deadLettered").asLong();
    assertThat(ended).isEqualTo(figures.get("published").asLong());
    assertThat(figures.get("circuitOpened").asLong()).isPositive();
    assertThat(figures.get("circuitClosed").asLong()).isEqualTo(1);
    assertThat(figures.get("rejected").asLong()).isPositive();
    assertThat(figures.get("fromCache").asLong()).isPositive();
    assertThat(run.out())
        .containsSubsequence(
            "NOTION GOES DOWN",
            "CLOSED -> OPEN",
            "OPEN -> HALF_OPEN",
            "HALF_OPEN -> CLOSED",
            "Notion, while it is down");
    assertThat(run.out()).contains("changes they made twice: 0").doesNotContain("\u001b", "\r");
  }

  @Test
  void shouldLeaveTheOutageOutWhereAsked() throws Exception {
    CommandRun run = CommandRun.of("demo", "--requests", "0", "--no-outage", "--exit");

    assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(ExitCode.OK);
    List<String> lines = run.outLines();
    JsonNode figures = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    assertThat(figures.get("published").asLong()).isEqualTo(41);
    assertThat(figures.get("circuitOpened").asLong()).isZero();
    assertThat(run.out()).doesNotContain("NOTION GOES DOWN");
  }

  @Test
  void shouldRefuseOptionsThatAreOutOfRange() {
    assertThat(CommandRun.of("demo", "--requests", "-1").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(CommandRun.of("demo", "--timeout", "0").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(CommandRun.of("demo", "--outage-seconds", "0").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(CommandRun.of("demo", "--port", "70000").exitCode())
        .isEqualTo(ExitCode.CANNOT_START);
  }
}
