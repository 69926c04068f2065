package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
  @TempDir private Path temporary;

  private CommandRun demo(String... options) {
    var all = new ArrayList<>(List.of("demo", "--exit", "--output", output().toString()));
    all.addAll(List.of(options));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private Path output() {
    return temporary.resolve("written");
  }

  private List<Path> written(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(output())) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  @Test
  void shouldAccountForEveryPublishedRecord() throws Exception {
    CommandRun run = demo("--requests", "60");

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
    assertThat(figures.get("circuitClosed").asLong()).isPositive();
    assertThat(figures.get("fromCache").asLong()).isPositive();
    long viaFallback = figures.get("viaFallback").asLong();
    var bySteps = new ArrayList<JsonNode>();
    figures.get("fallbacks").forEach(bySteps::add);
    assertThat(viaFallback).isPositive();
    assertThat(bySteps.stream().mapToLong(JsonNode::asLong).sum()).isEqualTo(viaFallback);
    assertThat(run.out())
        .containsSubsequence(
            "NOTION GOES DOWN",
            "CLOSED -> OPEN",
            "OPEN -> HALF_OPEN",
            "HALF_OPEN -> CLOSED",
            "PRIMARY",
            "What fallbacks wrote");
    assertThat(run.out()).contains(output().resolve("mailbox").toString());
    assertThat(written(".eml")).isNotEmpty();
    assertThat(run.out()).contains("changes they made twice: 0").doesNotContain("\u001b", "\r");
  }

  @Test
  void shouldLeaveTheOutageOutWhereAsked() throws Exception {
    CommandRun run = demo("--requests", "0", "--no-outage");

    assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(ExitCode.OK);
    List<String> lines = run.outLines();
    JsonNode figures = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    assertThat(figures.get("published").asLong()).isEqualTo(41);
    assertThat(figures.get("circuitOpened").asLong()).isZero();
    assertThat(run.out()).doesNotContain("NOTION GOES DOWN");
  }

  @Test
  void shouldLeaveAnOutputDirectoryAloneThatIsNotEmpty() throws Exception {
    Files.createDirectories(output());
    Files.writeString(output().resolve("notes.txt"), "mine");

    CommandRun run = demo("--requests", "0", "--no-outage");

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_START);
    assertThat(run.err()).contains("is not empty: name another with --output");
    assertThat(written(".txt")).hasSize(1);
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
