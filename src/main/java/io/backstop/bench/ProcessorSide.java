package io.backstop.bench;

import io.backstop.config.BackstopConfig;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.Targets;
import io.backstop.executor.auth.CredentialsFactory;
import io.backstop.executor.http.VertxTransport;
import io.backstop.metrics.MeterRegistries;
import io.backstop.runtime.ActionProcessor;
import io.backstop.runtime.Outside;
import io.backstop.topology.Topics;
import java.time.Clock;
import java.util.List;

/** The whole processor as it runs in production, with these targets. */
record ProcessorSide(String name, BenchSettings settings, List<ActionExecutor> targets)
    implements Side {

  ProcessorSide(BenchSettings settings, List<ActionExecutor> targets) {
    this("backstop", settings, targets);
  }

  @Override
  public String output() {
    return new Topics(settings.prefix()).results();
  }

  /** With a group and state of its own, so that no request has been seen before. */
  @Override
  public Running start() {
    var state = new TemporaryDirectory();
    BackstopConfig config = settings.forOneRun(state.path());
    var outside =
        new Outside(
            Targets.of(targets),
            new CredentialsFactory()::forService,
            new VertxTransport(),
            MeterRegistries.prometheus());
    ActionProcessor processor = ActionProcessor.start(config, outside, Clock.systemUTC());
    return () -> {
      processor.close();
      state.close();
    };
  }
}
