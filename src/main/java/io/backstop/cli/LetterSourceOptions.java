package io.backstop.cli;

import io.backstop.client.QueryClient;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options of a command that shows dead letters. */
final class LetterSourceOptions {
  @Mixin private QueryOptions query;

  @Option(
      names = "--from-topic",
      description = {
        "Read the topic itself, as is done by itself when no instance answers: slower, and what",
        "has become of a letter is not known."
      })
  private boolean fromTopic;

  /** A running instance, or the topic where none answers. */
  LetterSource open(CommandLine command) {
    if (fromTopic && query.isNamed()) {
      throw new ParameterException(command, "--from-topic asks no instance: leave out --url");
    }
    Problems problems = new Problems(command.getErr());
    Optional<QueryClient> client = fromTopic ? Optional.empty() : query.find(problems);
    if (client.isPresent()) {
      return new FleetLetters(new Asking(command, client.get(), problems));
    }
    command
        .getErr()
        .printf(
            "%s: reading the topic itself; that is slower, and what has become of a letter is not"
                + " known%n",
            fromTopic ? "As asked for" : "No processor answers");
    return new TopicLetters(command, query.config(), problems);
  }
}
