package io.backstop.runtime;

import io.backstop.testing.BrokerExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The stories on the development cluster, which needs no Docker. */
@Tag("long")
class DevClusterStoriesIT implements EndToEndStories {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();

  @Override
  public String bootstrapServers() {
    return BROKER.bootstrapServers();
  }

  @Override
  public String registryUrl() {
    return BROKER.registryUrl();
  }
}
