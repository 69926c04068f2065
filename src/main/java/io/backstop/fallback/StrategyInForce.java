package io.backstop.fallback;

import io.backstop.action.FailureClass;
import io.backstop.action.Steps;
import io.backstop.action.Strategy;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is done when one action fails, unless a request says otherwise.
 *
 * @param origin where it comes from
 * @param setBy who set it, where a command did; else null
 */
public record StrategyInForce(String action, Strategy strategy, Origin origin, String setBy) {

  /** Where a strategy comes from. */
  public enum Origin {
    BUNDLED("configuration"),
    CONFIGURATION("configuration"),
    COMMAND("command");

    private final String source;

    Origin(String source) {
      this.source = source;
    }
  }

  /**
   * Other steps for a failure class where a strategy has none for it: where the request is at fault
   * and not the service, a person has to look.
   */
  static final Map<String, List<String>> BY_FAILURE =
      Map.of(
          FailureClass.VALIDATION.name(), List.of(Steps.DEAD_LETTER),
          FailureClass.NOT_FOUND.name(), List.of(Steps.DEAD_LETTER),
          FailureClass.CONFLICT.name(), List.of(Steps.DEAD_LETTER));

  /** The steps for a failure class. */
  List<String> steps(FailureClass failureClass) {
    List<String> own = byFailure(failureClass.name());
    return own != null ? own : strategy.getSteps();
  }

  /** Its name in results. */
  String source() {
    return origin.source;
  }

  /** Steps by failure class, where they are others: its own, and those that hold for all. */
  public SortedMap<String, List<String>> byFailure() {
    SortedMap<String, List<String>> all = new TreeMap<>(BY_FAILURE);
    all.putAll(strategy.getByFailure());
    return all;
  }

  /** The same without those that hold for all. */
  public SortedMap<String, List<String>> ownByFailure() {
    SortedMap<String, List<String>> own = byFailure();
    own.entrySet().removeAll(BY_FAILURE.entrySet());
    return own;
  }

  private List<String> byFailure(String failureClass) {
    List<String> own = strategy.getByFailure().get(failureClass);
    return own != null ? own : BY_FAILURE.get(failureClass);
  }
}
