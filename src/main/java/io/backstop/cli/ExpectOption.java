package io.backstop.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * What a command that changes many things must find, so that it is about those that a dry run has
 * shown: it counts anew before it begins.
 */
final class ExpectOption {
  private static final String HASH = "[0-9a-f]{32}";
  private static final String COUNT = "0|[1-9]\\d{0,8}";

  @Option(
      names = "--expect",
      paramLabel = "HASH",
      description = {
        "Only if they are still those that a dry run has shown: its hash, or its count."
      })
  private String expected;

  /**
   * @throws ParameterException when it is neither hash nor count
   */
  void check(CommandLine command) {
    if (expected != null && !expected.matches(HASH) && !expected.matches(COUNT)) {
      throw new ParameterException(
          command, "--expect takes the hash or the count that a dry run shows: '" + expected + "'");
    }
  }

  /**
   * What is wrong with what was found; empty when nothing is, or nothing was expected.
   *
   * @param hash empty where there is none to compare with
   */
  Optional<String> problem(long count, Optional<String> hash) {
    if (expected == null) {
      return Optional.empty();
    } else if (expected.matches(HASH)) {
      return hash.isEmpty()
          ? Optional.of("--expect: requests of a topic have no hash, give their count")
          : differing(hash.get(), "%,d with hash %s".formatted(count, hash.get()));
    }
    return differing(Long.toString(count), "%,d".formatted(count));
  }

  private Optional<String> differing(String found, String inWords) {
    return found.equals(expected)
        ? Optional.empty()
        : Optional.of(
            "%s expected, but now there are %s: look at them again".formatted(expected, inWords));
  }
}
