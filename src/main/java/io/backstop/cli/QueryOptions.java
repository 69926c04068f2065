package io.backstop.cli;

import io.backstop.client.AnnouncedInstances;
import io.backstop.client.QueryClient;
import io.backstop.config.BackstopConfig;
import io.backstop.config.StartupException;
import io.backstop.topology.Topics;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of a command that asks a running instance. */
final class QueryOptions {
  @Mixin private ConfigOptions config;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = {
        "The instance to ask. Default: those that have said in Kafka where they answer, one after",
        "the other."
      })
  private String url;

  /**
   * @param problems takes one line for each record of the fleet's state that cannot be read
   * @throws StartupException when no instance is known
   */
  QueryClient open(Consumer<String> problems) {
    BackstopConfig settings = config.load();
    List<String> urls = url == null ? AnnouncedInstances.urls(settings, problems) : List.of(url);
    if (urls.isEmpty()) {
      throw new StartupException(
          "no running instance has said where it answers queries (topic %s): start one with 'backstop run', with backstop.query.enabled = true, or name one with --url; dead letters cannot be listed from their topic alone"
              .formatted(new Topics(settings.topics().prefix()).fleetState()));
    }
    return new QueryClient(urls, settings.query().token());
  }
}
