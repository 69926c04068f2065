package io.backstop.runtime;

import io.backstop.config.BackstopConfig;
import io.backstop.config.StartupException;
import io.backstop.executor.Targets;
import io.backstop.runtime.TopicState.Status;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Checks and creates the topics that the processor needs. Every method waits at most the start
 * timeout and throws {@link StartupException} when the broker does not answer or refuses.
 */
public final class TopicAdmin implements AutoCloseable {
  private static final String MISSING_NOTE =
      "is not there: create it with 'backstop topics create'";
  private static final long VISIBLE_POLL_MS = 50;

  private final BackstopConfig config;
  private final Admin admin;

  private TopicAdmin(BackstopConfig config, Admin admin) {
    this.config = config;
    this.admin = admin;
  }

  /** Connects, and returns only once a broker answered. */
  public static TopicAdmin connect(BackstopConfig config) {
    Admin admin;
    try {
      admin = Admin.create(clientSettings(config));
    } catch (KafkaException e) {
      throw BrokerFailure.explain(e, config.kafka());
    }
    var topics = new TopicAdmin(config, admin);
    try {
      topics.await(admin.describeCluster().clusterId());
    } catch (StartupException e) {
      topics.close();
      throw e;
    }
    return topics;
  }

  private static Map<String, Object> clientSettings(BackstopConfig config) {
    int timeout = Math.toIntExact(config.kafka().startTimeout().toMillis());
    var settings = new HashMap<String, Object>(config.kafka().properties());
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
    return settings;
  }

  /** Throws {@link StartupException} when the brokers lack what the processor is built on. */
  public void requireFeatures() {
    new BrokerFeatures(config.kafka()).require(admin);
  }

  /** Gives the group its settings on the brokers; where they refuse, the log says what to do. */
  void settleGroup() {
    new GroupSettings(config.kafka()).settle(admin);
  }

  /**
   * How each required topic stands.
   *
   * @param targets those of the processor; each that can be a fallback has a topic
   */
  public List<TopicState> check(Targets targets) {
    return check(RequiredTopic.of(config, targets));
  }

  private List<TopicState> check(List<RequiredTopic> required) {
    Map<String, TopicDescription> found =
        describe(required.stream().map(RequiredTopic::name).toList());
    Map<String, Config> settings = settings(List.copyOf(found.keySet()));
    return required.stream().map(topic -> state(topic, found, settings)).toList();
  }

  /** Creates what is missing, and says how each required topic stands afterwards. */
  public List<TopicState> create(Targets targets) {
    List<RequiredTopic> required = RequiredTopic.of(config, targets);
    List<TopicState> before = check(required);
    var missing = new LinkedHashMap<String, NewTopic>();
    for (RequiredTopic topic : required) {
      if (isMissing(before, topic.name())) {
        missing.put(topic.name(), newTopic(topic, before, missing));
      }
    }
    create(missing);
    return before.stream()
        .map(state -> missing.containsKey(state.topic()) ? created(missing, state) : state)
        .toList();
  }

  private static boolean isMissing(List<TopicState> states, String topic) {
    return states.stream()
        .anyMatch(state -> state.topic().equals(topic) && state.status() == Status.MISSING);
  }

  private static TopicState created(Map<String, NewTopic> missing, TopicState state) {
    int partitions = missing.get(state.topic()).numPartitions();
    return new TopicState(state.topic(), Status.CREATED, partitions, "");
  }

  /**
   * Throws {@link StartupException} naming the first topic that the processor cannot work with;
   * creates missing ones before where the configuration says so.
   */
  public void requireReady(Targets targets) {
    List<TopicState> states = config.topics().autoCreate() ? create(targets) : check(targets);
    for (TopicState state : states) {
      if (!state.usable()) {
        throw new StartupException("topic " + state.topic() + " " + state.note());
      }
    }
  }

  /** Throws {@link StartupException} when this topic is not there. */
  public void requireTopic(String topic) {
    partitions(topic);
  }

  /** How many partitions a topic has; {@link StartupException} when it is not there. */
  int partitions(String topic) {
    TopicDescription found = describe(List.of(topic)).get(topic);
    if (found == null) {
      throw new StartupException("topic " + topic + " " + MISSING_NOTE);
    }
    return found.partitions().size();
  }

  /** With as many partitions as the topic that it must be like, which is there or comes before. */
  private NewTopic newTopic(
      RequiredTopic topic, List<TopicState> there, Map<String, NewTopic> before) {
    NewTopic likeNew = before.get(topic.partitionedLike());
    int partitions =
        likeNew != null
            ? likeNew.numPartitions()
            : there.stream()
                .filter(state -> state.topic().equals(topic.partitionedLike()))
                .filter(state -> state.status() != Status.MISSING)
                .map(TopicState::partitions)
                .findFirst()
                .orElse(topic.partitions());
    int replicas = config.kafka().replicationFactor();
    Optional<Short> replication = replicas < 0 ? Optional.empty() : Optional.of((short) replicas);
    return new NewTopic(topic.name(), Optional.of(partitions), replication)
        .configs(topic.settings());
  }

  private void create(Map<String, NewTopic> missing) {
    if (missing.isEmpty()) {
      return;
    }
    for (KafkaFuture<Void> each : admin.createTopics(missing.values()).values().values()) {
      try {
        each.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw BrokerFailure.explain(e, config.kafka());
        }
        // another instance was quicker: its topic is checked as any other at the next start
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
    awaitVisible(missing.keySet());
    awaitLeaders(missing.values());
  }

  /** A partition can be visible before its leader takes records; this is answered by the leader. */
  private void awaitLeaders(Collection<NewTopic> topics) {
    var newest = new HashMap<TopicPartition, OffsetSpec>();
    for (NewTopic topic : topics) {
      for (int partition = 0; partition < topic.numPartitions(); partition++) {
        newest.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    await(admin.listOffsets(newest).all());
  }

  /** A created topic is known to the controller at once, but to a broker only a little later. */
  private void awaitVisible(Set<String> topics) {
    long start = System.nanoTime();
    while (describe(topics).size() < topics.size()) {
      if (System.nanoTime() - start > config.kafka().startTimeout().toNanos()) {
        throw new StartupException(
            "topics %s were created, but the brokers do not show all of them: try again"
                .formatted(topics));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(VISIBLE_POLL_MS);
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
  }

  private TopicState state(
      RequiredTopic topic, Map<String, TopicDescription> found, Map<String, Config> settings) {
    String name = topic.name();
    if (!found.containsKey(name)) {
      return new TopicState(name, Status.MISSING, 0, MISSING_NOTE);
    }
    int partitions = found.get(name).partitions().size();
    TopicDescription like = found.get(topic.partitionedLike());
    String note = "";
    if (like != null && like.partitions().size() != partitions) {
      note =
          "has %d partitions, but %s has %d and both must have the same number: delete %s and run 'backstop topics create'"
              .formatted(partitions, topic.partitionedLike(), like.partitions().size(), name);
    } else if (topic.alone() && partitions != 1) {
      note =
          "has %d partitions, but must have exactly one: delete it and run 'backstop topics create'"
              .formatted(partitions);
    } else {
      note = wrongSetting(topic, settings.get(name));
    }
    return new TopicState(name, note.isEmpty() ? Status.READY : Status.WRONG, partitions, note);
  }

  /** Empty when all is well. */
  private static String wrongSetting(RequiredTopic topic, Config settings) {
    String messageBytes = settings.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value();
    String cleanup = settings.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
    if (Integer.parseInt(messageBytes) < topic.leastMessageBytes()) {
      return "has max.message.bytes=%s, but needs at least %d: raise it with kafka-configs --alter"
          .formatted(messageBytes, topic.leastMessageBytes());
    } else if (topic.isCompacted() && !cleanup.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      return "has cleanup.policy=%s, so what it keeps would be forgotten: set it to %s with kafka-configs --alter"
          .formatted(cleanup, topic.settings().get(TopicConfig.CLEANUP_POLICY_CONFIG));
    }
    return "";
  }

  /** Those of the topics that are there. */
  private Map<String, TopicDescription> describe(Collection<String> topics) {
    var found = new HashMap<String, TopicDescription>();
    admin
        .describeTopics(topics)
        .topicNameValues()
        .forEach((name, described) -> describe(described).ifPresent(d -> found.put(name, d)));
    return found;
  }

  private Optional<TopicDescription> describe(KafkaFuture<TopicDescription> described) {
    try {
      return Optional.of(described.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw BrokerFailure.explain(e, config.kafka());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Map<String, Config> settings(List<String> topics) {
    List<ConfigResource> resources =
        topics.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    var settings = new HashMap<String, Config>();
    await(admin.describeConfigs(resources).all())
        .forEach((resource, given) -> settings.put(resource.name(), given));
    return settings;
  }

  private <T> T await(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw BrokerFailure.explain(e, config.kafka());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static StartupException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StartupException("interrupted while waiting for the Kafka broker", e);
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
