package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.client.CheckedPatch;
import io.backstop.client.InvalidRequestException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The words of the command that options become. */
class ReplayOptionsTest {

  private static ReplayOptions parsed(String... args) {
    ReplayOptions options = new ReplayOptions();
    new CommandLine(options).parseArgs(args);
    return options;
  }

  @Test
  void shouldSayTheDefaultsInTheCommand() {
    assertThat(parsed().arguments(Optional.empty()))
        .isEqualTo(Map.of("ramp", "true", "abort-above", "0.2", "max-generation", "5"));
  }

  @Test
  void shouldSayAllThatIsGiven() throws InvalidRequestException {
    ReplayOptions options =
        parsed("--rate", "12.5", "--no-ramp", "--to", "trello:createCard", "--max-generation", "9");

    assertThat(options.arguments(Optional.of(CheckedPatch.of("{\"title\": \"New\"}"))))
        .isEqualTo(
            Map.of(
                "rate", "12.5",
                "ramp", "false",
                "abort-above", "0.2",
                "max-generation", "9",
                "to", "trello:createCard",
                "patch", "{\"title\":\"New\"}"));
    assertThat(options.previewParameters(Optional.of(CheckedPatch.of("{\"title\": \"New\"}"))))
        .isEqualTo(
            Map.of(
                "to-target", "trello:createCard",
                "max-generation", "9",
                "patch", "{\"title\":\"New\"}"));
  }

  @Test
  void shouldNotAskForAPreviewWithAPatchThatIsTooLongForIt() throws InvalidRequestException {
    CheckedPatch patch = CheckedPatch.of("{\"title\": \"%s\"}".formatted("a ".repeat(2_000)));

    assertThat(parsed().previewParameters(Optional.of(patch))).doesNotContainKey("patch");
  }

  @ParameterizedTest
  @CsvSource({"0.001, 0.001", "1000000, 1000000", "3, 3", "0.1, 0.1", "1e3, 1000"})
  void shouldWriteARateWithoutAnExponent(String given, String expected) {
    assertThat(parsed("--rate", given).arguments(Optional.empty())).containsEntry("rate", expected);
  }

  @ParameterizedTest
  @CsvSource({"14.3%, 0.143", "0%, 0", "100%, 1", "0.00001, 0.00001", "29%, 0.29"})
  void shouldWriteAShareWithFewDigits(String given, String expected) {
    assertThat(parsed("--abort-above", given).arguments(Optional.empty()))
        .containsEntry("abort-above", expected);
  }
}
