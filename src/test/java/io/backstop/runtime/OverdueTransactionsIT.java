package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.backstop.config.BackstopConfig;
import io.backstop.testing.BrokerExtension;
import io.backstop.testing.TestConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OverdueTransactionsIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final String application = "overdue-" + System.nanoTime();

  private BackstopConfig config() {
    return TestConfig.with(
        "backstop.kafka.bootstrap-servers",
        BROKER.bootstrapServers(),
        "backstop.kafka.application-id",
        application,
        "backstop.kafka.transaction-timeout",
        TIMEOUT.toSeconds() + "s");
  }

  /** With a time-out so long that the brokers leave it alone. */
  private KafkaProducer<byte[], byte[]> withOpenTransaction(String transactionalId) {
    var bytes = new ByteArraySerializer();
    var producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                BROKER.bootstrapServers(),
                "transactional.id",
                transactionalId,
                "transaction.timeout.ms",
                60_000),
            bytes,
            bytes);
    producer.initTransactions();
    producer.beginTransaction();
    producer.send(new ProducerRecord<>(application + "-topic", new byte[1]));
    producer.flush();
    return producer;
  }

  private static boolean isOpen(Admin admin, String transactionalId) throws Exception {
    return admin.listTransactions().all().get().stream()
        .filter(each -> each.state() == TransactionState.ONGOING)
        .map(TransactionListing::transactionalId)
        .anyMatch(transactionalId::equals);
  }

  @Test
  void shouldEndOverdueTransactionsOfItsOwnApplicationWhileWorkIsHandedOver() throws Exception {
    String own = application + "-" + UUID.randomUUID() + "-1";
    String other = application + "-2-" + UUID.randomUUID() + "-1";
    Map<String, Object> brokers = Map.of("bootstrap.servers", BROKER.bootstrapServers());
    try (var admin = Admin.create(brokers)) {
      admin.createTopics(List.of(new NewTopic(application + "-topic", 1, (short) 1))).all().get();
    }
    try (var admin = Admin.create(brokers);
        var dead = withOpenTransaction(own);
        var alive = withOpenTransaction(other);
        var overdue = OverdueTransactions.watch(config())) {
      await().pollDelay(TIMEOUT.multipliedBy(2)).until(() -> isOpen(admin, own));

      overdue.changed(State.REBALANCING);

      await().atMost(Duration.ofSeconds(20)).until(() -> !isOpen(admin, own));
      assertThatThrownBy(dead::commitTransaction).isInstanceOf(KafkaException.class);
      assertThat(isOpen(admin, other)).isTrue();
      alive.commitTransaction();
    }
  }

  @Test
  void shouldTakeOnlyThoseForDeadWhoseProcessIsNotInTheGroup() {
    String dead = application + "-" + UUID.randomUUID() + "-1";
    String process = UUID.randomUUID().toString();
    String living = application + "-" + process + "-2";
    String member = application + "-" + process + "-StreamThread-1-consumer";
    try (var overdue = OverdueTransactions.watch(config())) {
      assertThat(overdue.dead(List.of(dead, living), List.of(member))).containsExactly(dead);
      assertThat(overdue.dead(List.of(dead), List.of())).containsExactly(dead);
      assertThat(overdue.dead(List.of(dead), List.of(member, "a-client-id-of-ones-own"))).isEmpty();
    }
  }

  @Test
  void shouldKnowTheTransactionsOfItsStreamThreads() {
    var ids = OverdueTransactions.ids("backstop");

    assertThat(
            Set.of("backstop-" + UUID.randomUUID() + "-1", "backstop-" + UUID.randomUUID() + "-12"))
        .allMatch(id -> ids.matcher(id).matches());
    assertThat(
            Set.of(
                "backstop-2-" + UUID.randomUUID() + "-1",
                "backstop",
                "backstop-upstream",
                "other-backstop-" + UUID.randomUUID() + "-1"))
        .noneMatch(id -> ids.matcher(id).matches());
  }
}
