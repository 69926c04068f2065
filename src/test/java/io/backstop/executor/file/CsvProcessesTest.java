package io.backstop.executor.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share a directory, and one that is killed. */
class CsvProcessesTest {
  @TempDir private Path temporary;
  private FileCalls calls;

  @BeforeEach
  void makeCalls() {
    calls = new FileCalls(temporary.resolve("csv"));
  }

  private Process append(String keys, int number) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            java.toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.backstop.action",
            "-cp",
            System.getProperty("java.class.path"),
            CsvAppender.class.getName(),
            calls.directory().toString(),
            keys,
            Integer.toString(number))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<String> rowsOf(List<String> keys) {
    return keys.stream().flatMap(key -> List.of(key + " 1/2", key + " 2/2").stream()).toList();
  }

  private static List<String> keys(String first, int number) {
    return IntStream.range(0, number).mapToObj(i -> first + i).toList();
  }

  @Test
  void shouldShareTheLogWithAnotherProcess() throws Exception {
    Process one = append("one-", 500);
    Process two = append("two-", 500);

    for (Process process : List.of(one, two)) {
      assertThat(process.inputReader().lines().count()).isEqualTo(500);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    List<String> expected = new ArrayList<>(rowsOf(keys("one-", 500)));
    expected.addAll(rowsOf(keys("two-", 500)));
    assertThat(CsvLogFiles.rows(calls.files())).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void shouldHoldEachRequestOnceWhenItsStepIsRepeatedAfterAKill() throws Exception {
    Process killed = append("k-", 1_000_000);
    List<String> reported = new ArrayList<>();
    BufferedReader lines = killed.inputReader();
    while (reported.size() < 300) {
      reported.add(lines.readLine());
    }
    killed.destroyForcibly().waitFor();
    // what was reported and what was in flight
    int repeated = reported.size() + 500;

    Process restarted = append("k-", repeated);

    assertThat(restarted.inputReader().lines()).hasSize(repeated).containsAll(reported);
    assertThat(CsvLogFiles.rows(calls.files()))
        .doesNotHaveDuplicates()
        .containsAll(rowsOf(keys("k-", repeated)));
  }
}
