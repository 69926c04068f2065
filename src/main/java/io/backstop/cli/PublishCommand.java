package io.backstop.cli;

import io.backstop.action.ActionRequest;
import io.backstop.client.ActionFamilies;
import io.backstop.client.RequestParser;
import io.backstop.client.RequestProducer;
import io.backstop.config.BackstopConfig;
import io.backstop.runtime.BrokerFailure;
import io.backstop.runtime.TopicAdmin;
import io.backstop.serde.Registry;
import io.backstop.serde.WireEncoder;
import io.backstop.topology.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backstop publish}. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes action requests, one JSON object per line.",
      "A bad line is reported with its number, the rest goes on, and the exit code is 1."
    },
    footerHeading = "%nA line:%n",
    footer = {
      "  {\"action\":\"notion:createPage\",\"payload\":{\"title\":\"Hello\",\"container\":\"<database>\"}}",
      "",
      "It may also have:",
      "  requestId       one is made where it is absent",
      "  idempotencyKey  requests with the same one cause one call",
      "  priority        HIGH, MEDIUM or LOW",
      "  deadline        ISO 8601 or epoch milliseconds",
      "  submitter, policy",
      "  headers         record headers, an object of texts",
      "  key             record key; else the idempotency key, else a hash of action and payload,",
      "                  so that duplicates meet in one partition",
      "  payloadFamily   TaskPayload, MessagePayload ...: needed for an action that is not built in",
      "File content is base64."
    })
final class PublishCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions config;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "JSON lines; standard input when absent or '-'.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = "Topic, instead of the configured requests topic.")
  private String topic;

  @Override
  public Integer call() throws IOException {
    BackstopConfig settings = config.load();
    String target = topic == null ? new Topics(settings.topics().prefix()).requests() : topic;
    try (var lines = new LineReader(open(), LineReader.DEFAULT_LONGEST)) {
      try (var admin = TopicAdmin.connect(settings)) {
        admin.requireTopic(target);
      }
      var parser =
          new RequestParser(ActionFamilies.installed(), () -> UUID.randomUUID().toString());
      try (var registry = new Registry(settings.registry());
          var producer = RequestProducer.open(settings);
          var progress = PublishProgress.onTerminal()) {
        var encoder = new WireEncoder<>(registry, target, ActionRequest.class);
        var report = new PublishReport(spec.commandLine().getErr(), progress.isShown());
        var publisher = new Publisher(producer, encoder, target, report);
        var run = new PublishRun(lines, parser, publisher, report, progress);
        return run.toEnd(summary -> spec.commandLine().getOut().println(summary), target);
      } catch (KafkaException e) {
        throw BrokerFailure.explain(e, settings.kafka());
      }
    }
  }

  private InputStream open() {
    if (file.isEmpty() || file.get().toString().equals("-")) {
      return System.in;
    }
    try {
      return Files.newInputStream(file.get());
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "cannot read " + file.get() + ": give --file a readable file", e);
    }
  }
}
