package io.backstop.runtime;

import io.backstop.config.KafkaConfig;
import io.backstop.config.StartupException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Whether the brokers can do what the processor is built on. */
final class BrokerFeatures {
  private static final String STREAMS_VERSION = "streams.version";

  private final KafkaConfig kafka;

  BrokerFeatures(KafkaConfig kafka) {
    this.kafka = kafka;
  }

  /**
   * @throws StartupException when the configured group protocol is not switched on in the brokers,
   *     or they cannot do transactions
   */
  void require(Admin admin) {
    if (kafka.groupProtocol().equals("streams")) {
      requireStreamsGroups(admin);
    }
    requireTransactions();
  }

  private void requireStreamsGroups(Admin admin) {
    try {
      FinalizedVersionRange streams =
          admin.describeFeatures().featureMetadata().get().finalizedFeatures().get(STREAMS_VERSION);
      if (streams == null || streams.maxVersionLevel() < 1) {
        throw new StartupException(
            "the Kafka brokers do not offer group.protocol=streams (feature streams.version is not"
                + " on): run 'kafka-features upgrade --feature streams.version=1', or set"
                + " backstop.kafka.group-protocol: classic");
      }
    } catch (ExecutionException e) {
      throw BrokerFailure.explain(e, kafka);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while waiting for the Kafka broker", e);
    }
  }

  private void requireTransactions() {
    Map<String, Object> settings = new HashMap<>(kafka.properties());
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, kafka.applicationId() + "-start-check");
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, kafka.startTimeout().toMillis());
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(settings, bytes, bytes)) {
      producer.initTransactions();
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw new StartupException(
          "the Kafka brokers cannot start a transaction (%s): exactly-once processing needs them; check transaction.state.log.replication.factor against the number of brokers, and the right to write transactional id %s*"
              .formatted(e.getMessage(), kafka.applicationId()),
          e);
    }
  }
}
