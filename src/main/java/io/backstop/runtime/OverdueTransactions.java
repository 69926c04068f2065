package io.backstop.runtime;

import io.backstop.config.BackstopConfig;
import io.backstop.config.KafkaConfig;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.StreamsGroupMemberDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.utils.ThreadUtils;
import org.apache.kafka.streams.KafkaStreams.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the transactions that a dead instance of this application has left open, once their time-out
 * is over. The brokers would do the same, but look for such transactions every 10 s only, and
 * meanwhile whoever takes the work over may not ask how far the dead one was. Dead is whose process
 * is no member of the group any more: one that lives may be slow. It looks while this instance is
 * being given work and at no other time. Thread-safe.
 */
final class OverdueTransactions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OverdueTransactions.class);
  private static final long EVERY_MS = 500;
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private final KafkaConfig kafka;
  private final Pattern ids;
  private final Admin admin;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          ThreadUtils.createThreadFactory("overdue-transactions", true));
  private volatile boolean isGivenWork;
  private boolean hasWarned;

  private OverdueTransactions(BackstopConfig config) {
    this.kafka = config.kafka();
    this.ids = ids(kafka.applicationId());
    this.admin = Admin.create(TopicAdmin.clientSettings(config));
  }

  static OverdueTransactions watch(BackstopConfig config) {
    OverdueTransactions watching = new OverdueTransactions(config);
    watching.thread.scheduleWithFixedDelay(
        watching::look, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    return watching;
  }

  /**
   * What Streams names after a process: its transactions, and its clients. The first group is the
   * process' UUID.
   */
  static Pattern ids(String applicationId) {
    return Pattern.compile(
        Pattern.quote(applicationId) + "-([0-9a-f-]{36})-(\\d+|StreamThread-.*)");
  }

  void changed(State now) {
    isGivenWork = now == State.REBALANCING;
  }

  private void look() {
    if (!isGivenWork) {
      return;
    }
    try {
      List<String> overdue =
          admin.listTransactions(overdue()).all().get().stream()
              .map(TransactionListing::transactionalId)
              .filter(id -> ids.matcher(id).matches())
              .toList();
      List<String> dead = overdue.isEmpty() ? List.of() : dead(overdue, members());
      if (!dead.isEmpty()) {
        admin.fenceProducers(dead).all().get();
        LOG.info("overdue transactions ended transactional-ids={}", dead);
      }
    } catch (ExecutionException e) {
      leave(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      leave(e);
    }
  }

  /** That costs up to 10 s more after a crash and nothing else. */
  private void leave(Throwable why) {
    if (why instanceof AuthorizationException && !hasWarned) {
      hasWarned = true;
      LOG.warn(
          "transactions that a dead instance leaves open are left to the brokers, which takes up to"
              + " 10 s longer: allow Describe and Write on transactional ids that begin with {}, and"
              + " Describe on the group; {}",
          kafka.applicationId(),
          why.getMessage());
    } else {
      LOG.debug("overdue transactions are left to the brokers", why);
    }
  }

  private ListTransactionsOptions overdue() {
    return new ListTransactionsOptions()
        .filterStates(Set.of(TransactionState.ONGOING))
        .filterOnDuration(kafka.transactionTimeout().toMillis());
  }

  /** Client ids of the group's members; none where there is no such group. */
  private List<String> members() throws ExecutionException, InterruptedException {
    String group = kafka.applicationId();
    try {
      return kafka.groupProtocol().equals("streams")
          ? admin.describeStreamsGroups(List.of(group)).all().get().get(group).members().stream()
              .map(StreamsGroupMemberDescription::clientId)
              .toList()
          : admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
              .map(MemberDescription::clientId)
              .toList();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return List.of();
      }
      throw e;
    }
  }

  /**
   * Those of processes that are not in the group; none where a member does not bear the id of its
   * process, because its clients were given another name.
   *
   * @param transactions of this application's stream threads
   * @param members client ids
   */
  List<String> dead(List<String> transactions, List<String> members) {
    Set<String> living = new HashSet<>();
    for (String member : members) {
      Matcher named = ids.matcher(member);
      if (!named.matches()) {
        return List.of();
      }
      living.add(named.group(1));
    }
    return transactions.stream().filter(id -> !living.contains(process(id))).toList();
  }

  private String process(String transactionalId) {
    Matcher named = ids.matcher(transactionalId);
    return named.matches() ? named.group(1) : "";
  }

  @Override
  public void close() {
    thread.shutdownNow();
    admin.close(GOODBYE);
  }
}
