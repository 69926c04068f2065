package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.backstop.config.BackstopConfig;
import io.backstop.config.StartupException;
import io.backstop.executor.Targets;
import io.backstop.runtime.TopicState.Status;
import io.backstop.testing.BrokerExtension;
import io.backstop.testing.TestConfig;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TopicAdminIT {
  private static final Targets NONE = Targets.of(List.of());

  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();

  private String prefix;

  @BeforeEach
  void choosePrefix() {
    prefix = "topics-" + System.nanoTime() + ".";
  }

  private BackstopConfig config(String partitioning, boolean autoCreate) {
    return TestConfig.with(
        "backstop.kafka.bootstrap-servers",
        BROKER.bootstrapServers(),
        "backstop.topics.prefix",
        prefix,
        "backstop.topics.partitions",
        "3",
        "backstop.topics.auto-create",
        Boolean.toString(autoCreate),
        "backstop.intake.partitioning",
        partitioning);
  }

  private void createByHand(String name, int partitions) throws Exception {
    createByHand(name, partitions, Map.of());
  }

  private void createByHand(String name, int partitions, Map<String, String> settings)
      throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()))) {
      var topic = new NewTopic(prefix + name, partitions, (short) 1).configs(settings);
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  @Test
  void shouldReportMissingTopicsAndCreateThem() {
    try (var topics = TopicAdmin.connect(config("by-record-key", false))) {
      var before = topics.check(NONE);
      var created = topics.create(NONE);
      var again = topics.create(NONE);

      assertThat(before).extracting(TopicState::status).containsOnly(Status.MISSING);
      assertThat(created).extracting(TopicState::status).containsOnly(Status.CREATED);
      assertThat(again).extracting(TopicState::status).containsOnly(Status.READY);
      assertThat(again)
          .extracting(TopicState::topic)
          .startsWith(prefix + "requests", prefix + "results", prefix + "dead-letters");
      assertThat(again)
          .filteredOn(state -> state.topic().equals(prefix + "requests"))
          .extracting(TopicState::partitions)
          .containsExactly(3);
    }
  }

  @Test
  void shouldGiveTheSecondRequestTopicThePartitionsOfTheFirst() throws Exception {
    createByHand("requests", 5);

    try (var topics = TopicAdmin.connect(config("by-idempotency-key", false))) {
      var created = topics.create(NONE);

      assertThat(created)
          .filteredOn(state -> state.topic().equals(prefix + "requests.by-key"))
          .singleElement()
          .isEqualTo(new TopicState(prefix + "requests.by-key", Status.CREATED, 5, ""));
      assertThat(topics.check(NONE)).allMatch(TopicState::usable);
    }
  }

  @Test
  void shouldReportRequestTopicsOfDifferentPartitionCount() throws Exception {
    createByHand("requests", 2);
    createByHand("requests.by-key", 4);

    try (var topics = TopicAdmin.connect(config("by-idempotency-key", false))) {
      assertThat(topics.create(NONE))
          .filteredOn(state -> state.status() == Status.WRONG)
          .singleElement()
          .satisfies(
              state ->
                  assertThat(state.note())
                      .startsWith("has 4 partitions, but " + prefix + "requests has 2"));
    }
  }

  @Test
  void shouldReportADeadLetterTopicThatCannotTakeALargeRequest() throws Exception {
    createByHand("dead-letters", 1, Map.of("max.message.bytes", "1048588"));

    try (var topics = TopicAdmin.connect(config("by-record-key", false))) {
      assertThat(topics.check(NONE))
          .filteredOn(state -> state.topic().equals(prefix + "dead-letters"))
          .singleElement()
          .satisfies(
              state -> {
                assertThat(state.status()).isEqualTo(Status.WRONG);
                assertThat(state.note()).startsWith("has max.message.bytes=1048588, but needs");
              });
    }
  }

  @Test
  void shouldReportAStateTopicThatWouldForget() throws Exception {
    createByHand("fleet-state", 1);

    try (var topics = TopicAdmin.connect(config("by-record-key", false))) {
      assertThat(topics.check(NONE))
          .filteredOn(state -> state.topic().equals(prefix + "fleet-state"))
          .singleElement()
          .satisfies(
              state -> {
                assertThat(state.status()).isEqualTo(Status.WRONG);
                assertThat(state.note()).startsWith("has cleanup.policy=delete");
              });
    }
  }

  @Test
  void shouldRefuseToStartWithoutATopicUnlessItMayCreateIt() {
    try (var topics = TopicAdmin.connect(config("by-record-key", false))) {
      assertThatExceptionOfType(StartupException.class)
          .isThrownBy(() -> topics.requireReady(NONE))
          .withMessage(
              "topic " + prefix + "requests is not there: create it with 'backstop topics create'");
    }
    try (var topics = TopicAdmin.connect(config("by-record-key", true))) {
      topics.requireReady(NONE);

      assertThat(topics.check(NONE)).allMatch(TopicState::usable);
    }
  }
}
