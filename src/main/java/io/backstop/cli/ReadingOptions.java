package io.backstop.cli;

import io.backstop.client.Start;
import io.backstop.client.TopicReader;
import io.backstop.config.BackstopConfig;
import io.backstop.serde.Registry;
import io.backstop.topology.Topics;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options of a command that prints the records of a topic, and the printing. */
final class ReadingOptions {
  @Mixin private ConfigOptions config;

  @Option(names = "--follow", description = "Wait for more.")
  private boolean follow;

  @Option(names = "--json", description = "One JSON object per line.")
  private boolean json;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = Limit.Converter.class,
      description = "Only the newest N; with --follow, stop after N.")
  private Limit limit;

  @ArgGroup private From from = new From();

  /** Where to start; one of them. */
  static final class From {
    @Option(names = "--from-beginning", description = "With --follow: those there are, too.")
    private boolean beginning;

    @Option(
        names = "--since",
        paramLabel = "TIME",
        converter = SinceConverter.class,
        description = "Start at a time: 10m, 2h, 1d (ago) or 2026-11-22T12:00:00Z.")
    private Start.Since since;
  }

  /** Prints what is asked for; the result is the exit code. */
  <T extends SpecificRecord> int print(
      CommandSpec spec, Function<Topics, String> topic, RecordView<T> view, Predicate<T> wanted)
      throws IOException {
    BackstopConfig settings = config.load();
    String name = topic.apply(new Topics(settings.topics().prefix()));
    try (var reader = TopicReader.open(settings, name);
        var registry = new Registry(settings.registry());
        var deserializer = new KafkaAvroDeserializer(registry.client())) {
      deserializer.configure(registry.deserializerProperties(), false);
      var out = spec.commandLine().getOut();
      var err = spec.commandLine().getErr();
      var printer = new RecordPrinter<>(view, wanted, deserializer, json, out, err);
      if (follow) {
        printer.follow(reader, start(), limit == null ? Long.MAX_VALUE : limit.count());
      } else if (limit == null) {
        printer.stream(reader, start(), Long.MAX_VALUE);
      } else {
        var newest = printer.newest(reader, start(), limit.count());
        printer.printAll(newest.oldestFirst());
      }
      return printer.exitCode();
    }
  }

  private Start start() {
    if (from.since != null) {
      return from.since;
    }
    return follow && !from.beginning ? new Start.End() : new Start.Beginning();
  }
}
