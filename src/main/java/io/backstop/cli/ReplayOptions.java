package io.backstop.cli;

import io.backstop.client.CheckedPatch;
import io.backstop.client.InvalidRequestException;
import io.backstop.client.QueryClient;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How a replay goes: its pace, when it stops by itself, and where it sends requests to. */
final class ReplayOptions {
  private static final long MOST_PATCH_BYTES = 100_000;

  /** Encoded, beside as many ids as a preview is asked for at once. */
  private static final int MOST_PREVIEWED_PATCH = 6_000;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Requests a second at most, of the whole fleet. Default: as fast as may be.")
  private Double rate;

  @Option(
      names = "--no-ramp",
      description = {
        "Begin at once with all of it. Default: 1, 10, 100 ..., each stage when the one before has",
        "ended well."
      })
  private boolean noRamp;

  @Option(
      names = "--abort-above",
      paramLabel = "SHARE",
      defaultValue = "20%",
      converter = ShareConverter.class,
      description = "Stop when more than this share fails again. Default: ${DEFAULT-VALUE}.")
  private double abortAbove;

  @Option(
      names = "--max-generation",
      paramLabel = "N",
      defaultValue = "5",
      description = "Leave what was replayed so often already. Default: ${DEFAULT-VALUE}.")
  private int maxGeneration;

  @Option(
      names = "--to",
      paramLabel = "TARGET",
      description = "Send to this target instead, such as google-tasks:create, and nowhere else.")
  private String to;

  @Option(
      names = "--only-failed-step",
      description = "Only the step that was tried last, and no other.")
  private boolean onlyFailedStep;

  @Option(
      names = "--patch",
      paramLabel = "FILE",
      description = {
        "Change the payloads: a JSON merge patch. A dry run shows what differs; the originals are",
        "kept."
      })
  private Path patch;

  @Option(
      names = "--force-new-generation",
      description = "With --from-topic: do again what is done already.")
  private boolean forceNewGeneration;

  /**
   * @throws ParameterException when one is out of range, or two contradict each other
   */
  void check(CommandLine command, boolean fromTopic) {
    if (rate != null && !(rate >= 0.001 && rate <= 1e6)) {
      throw new ParameterException(command, "--rate must be from 0.001 to 1,000,000");
    } else if (maxGeneration < 1 || maxGeneration > 100) {
      throw new ParameterException(command, "--max-generation must be from 1 to 100");
    } else if (to != null && onlyFailedStep) {
      throw new ParameterException(
          command, "--to and --only-failed-step say different targets: give one of them");
    } else if (fromTopic && (onlyFailedStep || patch != null)) {
      throw new ParameterException(
          command, "--only-failed-step and --patch are for dead letters, not for --from-topic");
    } else if (!fromTopic && forceNewGeneration) {
      throw new ParameterException(
          command, "--force-new-generation is for --from-topic: a dead letter is not done yet");
    }
  }

  OptionalDouble rate() {
    return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
  }

  boolean ramp() {
    return !noRamp;
  }

  /** Where requests are sent instead of to their own action. */
  Optional<String> to() {
    return Optional.ofNullable(to);
  }

  boolean forcesNewGeneration() {
    return forceNewGeneration;
  }

  /**
   * The patch that was given.
   *
   * @throws ParameterException when it cannot be read or is none
   */
  Optional<CheckedPatch> patch(CommandLine command) {
    if (patch == null) {
      return Optional.empty();
    }
    try {
      if (Files.size(patch) > MOST_PATCH_BYTES) {
        throw new ParameterException(
            command, "--patch %s has more than %,d bytes".formatted(patch, MOST_PATCH_BYTES));
      }
      return Optional.of(CheckedPatch.of(Files.readString(patch)));
    } catch (IOException e) {
      throw new ParameterException(
          command, "cannot read " + patch + ": give --patch a readable file in UTF-8", e);
    } catch (InvalidRequestException e) {
      throw new ParameterException(command, patch + ": " + e.getMessage(), e);
    }
  }

  /**
   * As a preview takes them.
   *
   * @param given left out where {@link #fitsPreview} says no
   */
  Map<String, String> previewParameters(Optional<CheckedPatch> given) {
    Map<String, String> parameters = new TreeMap<>();
    given.filter(ReplayOptions::fitsPreview).ifPresent(each -> parameters.put("patch", text(each)));
    LetterFilters.put(parameters, "to-target", to);
    if (onlyFailedStep) {
      parameters.put("only-failed-step", "true");
    }
    parameters.put("max-generation", Integer.toString(maxGeneration));
    return parameters;
  }

  /** As the command takes them. */
  Map<String, String> arguments(Optional<CheckedPatch> given) {
    Map<String, String> arguments = new TreeMap<>();
    LetterFilters.put(arguments, "rate", rate == null ? null : decimal(rate));
    arguments.put("ramp", Boolean.toString(!noRamp));
    arguments.put("abort-above", decimal(abortAbove));
    arguments.put("max-generation", Integer.toString(maxGeneration));
    LetterFilters.put(arguments, "to", to);
    if (onlyFailedStep) {
      arguments.put("only-failed-step", "true");
    }
    if (forceNewGeneration) {
      arguments.put("force-new-generation", "true");
    }
    given.ifPresent(each -> arguments.put("patch", text(each)));
    return arguments;
  }

  private static String text(CheckedPatch patch) {
    return patch.patch().changes().toString();
  }

  /** Whether the instances judge the letters with the patch; a longer one they cannot be told. */
  static boolean fitsPreview(CheckedPatch patch) {
    return QueryClient.encoded(text(patch)).length() <= MOST_PREVIEWED_PATCH;
  }

  /** Without an exponent, and with no more digits than the coordinator takes. */
  private static String decimal(double value) {
    return BigDecimal.valueOf(value)
        .setScale(9, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
