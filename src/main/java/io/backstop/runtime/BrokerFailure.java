package io.backstop.runtime;

import io.backstop.config.KafkaConfig;
import io.backstop.config.StartupException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;

/** Turns a Kafka client's failure into one line for the person who runs the command. */
public final class BrokerFailure {
  private BrokerFailure() {}

  /** What is wrong, where, and what to do. */
  public static StartupException explain(Throwable failure, KafkaConfig kafka) {
    Throwable cause = root(failure);
    String brokers = kafka.bootstrapServers();
    String text;
    if (cause instanceof TimeoutException || cause instanceof DisconnectException) {
      text =
          "no Kafka broker answered at %s within %d s: start it, or mend backstop.kafka.bootstrap-servers"
              .formatted(brokers, kafka.startTimeout().toSeconds());
    } else if (cause instanceof ConfigException) {
      text =
          "the Kafka client cannot work with its settings (brokers %s): %s"
              .formatted(brokers, cause.getMessage());
    } else if (cause instanceof AuthenticationException) {
      text =
          "the Kafka broker at %s refused the credentials: %s: mend backstop.kafka.properties"
              .formatted(brokers, cause.getMessage());
    } else if (cause instanceof AuthorizationException) {
      text =
          "the Kafka broker at %s does not permit this: %s: ask for the missing right"
              .formatted(brokers, cause.getMessage());
    } else {
      text = "the Kafka broker at %s answered: %s".formatted(brokers, cause.getMessage());
    }
    return new StartupException(text.replace('\n', ' '), failure);
  }

  /** Below the wrappers of futures and of client constructors. */
  private static Throwable root(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause instanceof ExecutionException
            || cause instanceof CompletionException
            || cause.getClass() == org.apache.kafka.common.KafkaException.class)) {
      cause = cause.getCause();
    }
    return cause;
  }
}
