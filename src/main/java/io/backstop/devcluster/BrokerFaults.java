package io.backstop.devcluster;

import java.util.concurrent.CompletableFuture;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the broker does on an internal fault. Kafka's own handlers end the whole process, which
 * would take a test run or the demo with it and say nothing; these log it and let the owner decide.
 * Thread-safe.
 */
final class BrokerFaults implements FaultHandlerFactory {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerFaults.class);

  private final CompletableFuture<String> fatal = new CompletableFuture<>();

  /** Completes with the reason when the broker cannot go on. */
  CompletableFuture<String> fatal() {
    return fatal;
  }

  @Override
  public FaultHandler build(String name, boolean isFatal, Runnable action) {
    return (message, cause) -> {
      var reason = cause == null ? message : message + ": " + cause;
      LOG.warn("broker fault name={} fatal={} reason={}", name, isFatal, reason);
      LOG.debug("broker fault name={}", name, cause);
      if (isFatal) {
        fatal.complete(reason);
      }
      action.run();
      return new IllegalStateException(reason, cause);
    };
  }
}
