package io.backstop.fallback;

import io.backstop.action.ActionRequest;
import io.backstop.action.Cascade;
import io.backstop.action.FailureClass;
import io.backstop.action.FallbackRule;
import io.backstop.action.FleetNews;
import io.backstop.action.FleetState;
import io.backstop.action.Strategy;
import io.backstop.config.BackstopConfig;
import io.backstop.config.FallbackConfig;
import io.backstop.executor.Targets;
import io.backstop.fallback.StrategyInForce.Origin;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fallback strategies of this process: bundled, as configured, and as commands have set them
 * for the whole fleet, the later one first. Thread-safe.
 */
public final class Strategies implements FallbackRule, FleetNews {
  private static final Logger LOG = LoggerFactory.getLogger(Strategies.class);

  private final StrategyTable table;
  private final StepChoice choice;
  private final StrategyCheck check;
  private final Map<String, StrategyInForce> commanded = new ConcurrentHashMap<>();

  /**
   * @param takesCached whether an earlier result may be served to a request
   */
  public Strategies(FallbackConfig config, Targets targets, Predicate<ActionRequest> takesCached) {
    this.table = new StrategyTable(config, targets);
    this.choice = new StepChoice(config.enabled(), takesCached);
    this.check = new StrategyCheck(targets, new Conversions(config.targets()));
  }

  /**
   * What is wrong with the configured strategies and places: one sentence each, beginning with the
   * full key; empty when nothing is.
   */
  public static List<String> problems(BackstopConfig config, Targets targets) {
    return ConfiguredStrategies.problems(config.fallback(), targets);
  }

  /**
   * What is wrong with the steps and the default value that a request asks for: one sentence each,
   * beginning with the field; empty when nothing is.
   */
  public List<String> problems(ActionRequest request) {
    return check.ofRequest(request);
  }

  @Override
  public Cascade cascadeOf(ActionRequest request, FailureClass failureClass) {
    return choice.of(request, failureClass, inForce(request.getAction()));
  }

  @Override
  public String defaultValue(ActionRequest request) {
    String own = request.getPolicy() == null ? null : request.getPolicy().getDefaultValue();
    return own != null ? own : inForce(request.getAction()).strategy().getDefaultValue();
  }

  /** The strategy of an action; one without steps where it has none. */
  public StrategyInForce inForce(String action) {
    StrategyInForce set = commanded.get(action);
    return set != null ? set : table.of(action);
  }

  /** Those of all actions, in alphabetical order. */
  public List<StrategyInForce> inForce() {
    Map<String, StrategyInForce> all = table.all();
    all.putAll(commanded);
    return List.copyOf(all.values());
  }

  /** Takes what is decided under {@link io.backstop.action.FleetKey#STRATEGY}. */
  @Override
  public void changed(String action, FleetState state) {
    if (state == null || state.getStrategy() == null) {
      commanded.remove(action);
      LOG.info("strategy as configured action={}", action);
      return;
    }
    Strategy strategy = state.getStrategy();
    List<String> problems =
        check
            .ofAction(action)
            .map(List::of)
            .orElseGet(() -> check.ofStrategy(action, strategy, ""));
    if (!problems.isEmpty()) {
      // an instance with other targets has let it in
      LOG.error("strategy not taken over action={} reason={}", action, problems);
      return;
    }
    commanded.put(
        action, new StrategyInForce(action, strategy, Origin.COMMAND, state.getStrategySetBy()));
    LOG.info("strategy set action={} steps={}", action, strategy.getSteps());
  }
}
