package io.backstop.cli;

import io.backstop.client.AnnouncedInstances;
import io.backstop.client.QueryClient;
import io.backstop.config.BackstopConfig;
import io.backstop.config.StartupException;
import io.backstop.topology.Topics;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;

/** Options of a command that asks a running instance. */
final class QueryOptions {
  @Mixin private ConfigOptions config;
  @Mixin private InstanceOption instance;

  /**
   * @param problems takes one line for each record of the fleet's state that cannot be read
   * @throws StartupException when no instance is known
   */
  QueryClient open(Consumer<String> problems) {
    return open(config(), instance, problems);
  }

  /** As the other one, for a command that has loaded its configuration. */
  static QueryClient open(
      BackstopConfig settings, InstanceOption instance, Consumer<String> problems) {
    List<String> urls = urls(settings, instance, problems);
    if (urls.isEmpty()) {
      throw new StartupException(
          "no running instance has said where it answers queries (topic %s): start one with 'backstop run', with backstop.query.enabled = true, or name one with --url"
              .formatted(new Topics(settings.topics().prefix()).fleetState()));
    }
    return new QueryClient(urls, settings.query().token());
  }

  /**
   * An instance that answers; empty when none does. One that is named has to answer.
   *
   * @param problems takes one line for each record of the fleet's state that cannot be read
   */
  Optional<QueryClient> find(Consumer<String> problems) {
    return find(config(), instance, problems);
  }

  /** As the other one, for a command that has loaded its configuration. */
  static Optional<QueryClient> find(
      BackstopConfig settings, InstanceOption instance, Consumer<String> problems) {
    List<String> urls = urls(settings, instance, problems);
    if (urls.isEmpty()) {
      return Optional.empty();
    }
    QueryClient client = new QueryClient(urls, settings.query().token());
    return instance.url().isPresent() || client.answers() ? Optional.of(client) : Optional.empty();
  }

  private static List<String> urls(
      BackstopConfig settings, InstanceOption instance, Consumer<String> problems) {
    return instance
        .url()
        .map(List::of)
        .orElseGet(() -> AnnouncedInstances.urls(settings, problems));
  }

  /** Whether a certain instance is to be asked. */
  boolean isNamed() {
    return instance.url().isPresent();
  }

  BackstopConfig config() {
    return config.load();
  }
}
