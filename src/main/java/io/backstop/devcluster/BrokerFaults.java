package io.backstop.devcluster;

import java.util.concurrent.atomic.AtomicReference;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the broker does on an internal fault. Kafka's own handlers end the whole process, which
 * would take a test run or the demo with it and say nothing; these remember the first fatal fault,
 * log it and let the caller decide. Thread-safe.
 */
final class BrokerFaults implements FaultHandlerFactory {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerFaults.class);

  private final AtomicReference<Throwable> firstFatal = new AtomicReference<>();

  @Override
  public FaultHandler build(String name, boolean fatal, Runnable action) {
    return (message, cause) -> {
      LOG.error("broker fault name={} fatal={} message={}", name, fatal, message, cause);
      var fault = new IllegalStateException(name + ": " + message, cause);
      if (fatal) {
        firstFatal.compareAndSet(null, cause == null ? fault : cause);
      }
      action.run();
      return fault;
    };
  }
}
