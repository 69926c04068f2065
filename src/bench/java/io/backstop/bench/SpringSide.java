package io.backstop.bench;

import java.util.Map;
import java.util.UUID;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Spring Kafka's retryable topics with a Resilience4j breaker, in a Spring context without Boot. At
 * least once: that is how its documentation shows it.
 */
record SpringSide(PeersRound round) implements Side {

  @Override
  public String name() {
    return Contender.SPRING.label();
  }

  @Override
  public String output() {
    return round.answers();
  }

  @Override
  public Running start() {
    var context = new AnnotationConfigApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "round",
                Map.of(
                    "brokers", round.cluster().bootstrapServers(),
                    "input", round.input(),
                    "group", "spring-" + UUID.randomUUID(),
                    "answers", round.answers(),
                    "partitions", Integer.toString(round.partitions()))));
    context.registerBean(ServiceCalls.class, () -> new ServiceCalls(round.config()));
    context.register(SpringListening.class, SpringListener.class);
    context.refresh();
    return context::close;
  }
}
