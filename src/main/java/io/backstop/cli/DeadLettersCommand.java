package io.backstop.cli;

import io.backstop.client.Start;
import io.backstop.client.TopicReader;
import io.backstop.config.BackstopConfig;
import io.backstop.serde.Registry;
import io.backstop.topology.Topics;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backstop dead-letters list}. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = "Shows the requests that could not be done anywhere.")
final class DeadLettersCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists dead letters, newest first.")
  int list(
      @Mixin ConfigOptions config,
      @Option(
              names = "--json",
              description = "One JSON object per line, with the original record in base64.")
          boolean json,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "50",
              converter = Limit.Converter.class,
              description = "Only the newest N. Default: ${DEFAULT-VALUE}.")
          Limit limit)
      throws IOException {
    BackstopConfig settings = config.load();
    String topic = new Topics(settings.topics().prefix()).deadLetters();
    try (var reader = TopicReader.open(settings, topic);
        var registry = new Registry(settings.registry());
        var deserializer = new KafkaAvroDeserializer(registry.client())) {
      deserializer.configure(registry.deserializerProperties(), false);
      var out = spec.commandLine().getOut();
      var err = spec.commandLine().getErr();
      var printer = new RecordPrinter<>(new DeadLetterView(), deserializer, json, out, err);
      Newest<String> newest = printer.newest(reader, new Start.Beginning(), limit.count());
      List<String> lines = newest.newestFirst();
      printer.printAll(lines);
      if (newest.seen() > lines.size()) {
        err.printf("%,d of %,d shown: --limit N shows more%n", lines.size(), newest.seen());
      }
      return printer.exitCode();
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say 'list'");
  }
}
