package io.backstop.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Which running instance a command asks. */
final class InstanceOption {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description = {
        "The instance to ask. Default: those that have said in Kafka where they answer, one after",
        "the other."
      })
  private String url;

  /** Empty for those that have announced themselves. */
  Optional<String> url() {
    return Optional.ofNullable(url);
  }
}
