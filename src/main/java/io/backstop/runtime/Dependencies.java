package io.backstop.runtime;

import io.backstop.config.BackstopConfig;
import io.backstop.metrics.ActionMetrics;
import io.backstop.metrics.Metric;
import io.backstop.runtime.Check.Status;
import io.backstop.serde.Registry;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.ThreadUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an instance needs and asks over the network to know whether it is there. Each is asked at
 * most once in 30 s, on threads of its own, with clients of its own. Says nothing of addresses:
 * anybody may read it.
 */
public final class Dependencies implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dependencies.class);
  private static final Duration KEEP = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int BROKER_TIMEOUT_MS = 5_000;

  private final BackstopConfig config;
  private final InstantSource clock;
  private final Registry registry;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(2, ThreadUtils.createThreadFactory("dependency-checks", true));
  private final CachedCheck broker;
  private final CachedCheck registryCheck;
  private Optional<Admin> admin = Optional.empty();

  public Dependencies(BackstopConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    this.registry = new Registry(config.registry());
    this.broker = new CachedCheck("kafka:responseTime", this::askBroker, threads, KEEP, clock);
    this.registryCheck =
        new CachedCheck("registry:responseTime", this::askRegistry, threads, KEEP, clock);
  }

  /** Shows whether they are there; each look at the numbers starts a check where one is due. */
  public void show(ActionMetrics metrics) {
    metrics.gauge(Metric.DEPENDENCY_UP, () -> up(broker), "kafka");
    metrics.gauge(Metric.DEPENDENCY_UP, () -> up(registryCheck), "registry");
  }

  /** Without Kafka nothing goes on; without the registry only what is written in a new schema. */
  public HealthReport report(Vitals vitals) {
    List<Check> asked = List.of(broker.get(PATIENCE), registryCheck.get(PATIENCE));
    HealthReport own = new HealthReport(vitals.ready().checks().stream().map(this::mild).toList());
    return own.with(vitals.live().checks()).with(asked).with(vitals.circuits());
  }

  /** That it is not ready is for {@code ready} to say: starting or catching up is no failure. */
  private Check mild(Check check) {
    return check.status() == Status.FAIL
        ? new Check(check.name(), Status.WARN, check.observed(), check.output(), check.at())
        : check;
  }

  private static Integer up(CachedCheck check) {
    return check.newest().map(each -> each.status() == Status.PASS ? 1 : 0).orElse(null);
  }

  private Check askBroker() {
    long start = System.nanoTime();
    try {
      DescribeClusterOptions options = new DescribeClusterOptions().timeoutMs(BROKER_TIMEOUT_MS);
      admin().describeCluster(options).clusterId().get(BROKER_TIMEOUT_MS, TimeUnit.MILLISECONDS);
      return passed("kafka:responseTime", start);
    } catch (ExecutionException | KafkaException | TimeoutException e) {
      LOG.debug("broker does not answer", e);
      return new Check(
          "kafka:responseTime", Status.FAIL, null, "no broker answers", clock.instant());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Check("kafka:responseTime", Status.WARN, null, "not asked", clock.instant());
    }
  }

  private Check askRegistry() {
    long start = System.nanoTime();
    try {
      registry.client().getMode();
      return passed("registry:responseTime", start);
    } catch (RestClientException e) {
      return e.getStatus() == 404 ? passed("registry:responseTime", start) : away(refusal(e));
    } catch (IOException | RuntimeException e) {
      LOG.debug("registry does not answer", e);
      return away("the registry does not answer: known schemas go on, new ones wait");
    }
  }

  private static String refusal(RestClientException e) {
    return "the registry answers with status " + e.getStatus();
  }

  private Check away(String why) {
    return new Check("registry:responseTime", Status.WARN, null, why, clock.instant());
  }

  private Check passed(String name, long start) {
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    return Check.pass(name, took, clock.instant());
  }

  private synchronized Admin admin() {
    if (admin.isEmpty()) {
      admin = Optional.of(Admin.create(TopicAdmin.clientSettings(config)));
    }
    return admin.get();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    synchronized (this) {
      admin.ifPresent(each -> each.close(Duration.ZERO));
    }
    try {
      registry.close();
    } catch (IOException e) {
      LOG.warn("registry client could not be closed", e);
    }
  }
}
