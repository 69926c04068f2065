package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the benches refuse before they start anything. */
class BenchCommandsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scale --keys 2000,1000",
        "scale --partitions 0,4",
        "scale --instances 1,13",
        "scale --part memory",
        "takeover --standby 3 --instances 3",
        "takeover --instances 1",
        "takeover --partitions 2",
        "takeover --rate 5"
      })
  void shouldRefuseWhatCannotBeMeasured(String line) {
    CommandRun run = CommandRun.of(("bench " + line).split(" "));

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).isNotEmpty();
  }
}
