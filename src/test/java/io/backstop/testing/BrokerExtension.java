package io.backstop.testing;

import io.backstop.devcluster.DevCluster;
import io.backstop.devcluster.DevClusterOptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One development cluster for all tests of the run: started by the first that needs it, closed
 * after the last. Tests share its topics and subjects, so each takes names of its own.
 */
public final class BrokerExtension implements BeforeAllCallback {
  private DevCluster cluster;

  @Override
  public void beforeAll(ExtensionContext context) {
    cluster =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(BrokerExtension.class))
            .computeIfAbsent(
                DevCluster.class,
                type -> DevCluster.start(DevClusterOptions.ephemeral()),
                DevCluster.class);
  }

  /** {@code host:port}; valid from the first {@code @BeforeAll} on. */
  public String bootstrapServers() {
    return cluster.bootstrapServers();
  }

  /** {@code http://host:port}; valid from the first {@code @BeforeAll} on. */
  public String registryUrl() {
    return cluster.registryUrl();
  }
}
