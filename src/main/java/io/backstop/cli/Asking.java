package io.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.client.QueryClient;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Asks an instance for a command, and says what its answers lack. For one thread. */
final class Asking {
  private final CommandLine command;
  private final QueryClient client;
  private final Problems problems;
  private final Set<String> said = new LinkedHashSet<>();

  Asking(CommandLine command, QueryClient client, Problems problems) {
    this.command = command;
    this.client = client;
    this.problems = problems;
  }

  static Asking of(CommandLine command, QueryOptions options) {
    Problems problems = new Problems(command.getErr());
    return new Asking(command, options.open(problems), problems);
  }

  QueryClient client() {
    return client;
  }

  Problems problems() {
    return problems;
  }

  /**
   * An answer, whole or not.
   *
   * @throws ParameterException when the instance takes a parameter for wrong
   */
  JsonNode get(String path, Map<String, String> parameters) {
    QueryClient.Reply reply = client.get(path, parameters);
    if (!reply.isOk()) {
      throw new ParameterException(command, reply.detail());
    }
    sayWhatIsMissing(reply.body());
    return reply.body();
  }

  /** Each thing once, however many answers lack it. */
  void sayWhatIsMissing(JsonNode answer) {
    for (JsonNode missing : answer.path("missing")) {
      String instance = missing.path("instance").asText("");
      String partitions =
          StreamSupport.stream(missing.path("partitions").spliterator(), false)
              .map(JsonNode::asText)
              .collect(Collectors.joining(", "));
      String what =
          "the answer lacks partition %s of the dead letters%s: %s"
              .formatted(
                  partitions,
                  instance.isEmpty() || instance.equals("null") ? "" : " at " + instance,
                  missing.path("why").asText());
      if (said.add(what)) {
        problems.accept(what);
      }
    }
  }
}
