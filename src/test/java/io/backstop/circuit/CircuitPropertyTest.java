package io.backstop.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.ProbePermit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any events in any order, doubled, late and unknown ones too, with settings that change. */
class CircuitPropertyTest {
  private static final int STEPS = 300;
  private static final List<String> INSTANCES = List.of("a", "b", "c");

  @Provide
  Arbitrary<CircuitRules> rules() {
    return SampleRules.any();
  }

  @Property(tries = 300)
  void shouldKeepItsPromisesUnderAnyOrderOfEvents(
      @ForAll("rules") CircuitRules rules, @ForAll long seed) {
    Run run = new Run(seed);

    for (int step = 0; step < STEPS; step++) {
      run.step(rules);
    }

    run.grantedByPeriod.forEach(
        (period, permits) ->
            assertThat(permits).hasSizeLessThanOrEqualTo(rules.settings().halfOpenProbes()));
  }

  @Property(tries = 200)
  void shouldKeepItsStateConsistentWhileSettingsChange(
      @ForAll("rules") CircuitRules first,
      @ForAll("rules") CircuitRules second,
      @ForAll long seed) {
    Run run = new Run(seed);

    for (int step = 0; step < STEPS; step++) {
      run.step(run.random.nextBoolean() ? first : second);
    }
  }

  @Property(tries = 200)
  void shouldCloseOnceTheServiceIsBack(@ForAll("rules") CircuitRules rules, @ForAll long seed) {
    Run run = new Run(seed);
    for (int step = 0; step < STEPS; step++) {
      run.step(rules);
    }
    run.apply(new CircuitEvent.OperatorReset("ann", null), rules);
    run.apply(new CircuitEvent.ThresholdCrossed("failures"), rules);

    run.now = run.status.getOpenUntil().toEpochMilli();
    run.apply(new CircuitEvent.OpenTimeOver(), rules);
    while (run.status.getState() == CircuitState.HALF_OPEN) {
      run.apply(new CircuitEvent.Demanded("a"), rules);
      String permit = run.status.getPermits().get(0).getId();
      run.apply(new CircuitEvent.ProbeReported(permit, Optional.of(true), null), rules);
    }

    assertThat(run.status.getState()).isEqualTo(CircuitState.CLOSED);
  }

  private static final class Run {
    private final Random random;
    private final List<String> known = new ArrayList<>(List.of("none"));
    private final Map<Long, Set<String>> grantedByPeriod = new HashMap<>();
    private CircuitStatus status = Circuit.untouched(0);
    private long now;

    Run(long seed) {
      random = new Random(seed);
    }

    void step(CircuitRules rules) {
      now += random.nextInt(random.nextInt(20) == 0 ? 5_000 : 100);
      apply(event(), rules);
    }

    private CircuitEvent event() {
      String instance = INSTANCES.get(random.nextInt(INSTANCES.size()));
      String permit = known.get(known.size() - 1 - random.nextInt(Math.min(5, known.size())));
      return switch (random.nextInt(26)) {
        case 0, 1, 2 -> new CircuitEvent.ThresholdCrossed("failures");
        case 3, 4, 5, 6 -> new CircuitEvent.OpenTimeOver();
        case 7, 8, 9, 10, 11 -> new CircuitEvent.Demanded(instance);
        case 12, 13, 14, 15 ->
            new CircuitEvent.ProbeReported(permit, Optional.of(random.nextInt(4) > 0), null);
        case 16 ->
            random.nextBoolean()
                ? new CircuitEvent.PermitReturned(permit)
                : new CircuitEvent.ProbeReported(permit, Optional.empty(), null);
        case 17, 18 -> new CircuitEvent.PermitExpired(permit);
        case 19 -> new CircuitEvent.InstanceStopped(instance);
        case 20 -> new CircuitEvent.InstanceReturned(instance);
        case 21, 22 -> new CircuitEvent.Reconsidered();
        default -> operator();
      };
    }

    private CircuitEvent operator() {
      return switch (random.nextInt(12)) {
        case 0 -> new CircuitEvent.OperatorForcedOpen("ann", null);
        case 1 -> new CircuitEvent.OperatorDisabled("ann", null);
        case 2, 3, 4 -> new CircuitEvent.OperatorReset("ann", null);
        default -> new CircuitEvent.OpenTimeOver();
      };
    }

    void apply(CircuitEvent event, CircuitRules rules) {
      CircuitStatus before = status;
      Transition transition = Circuit.apply(before, event, rules, now);
      status = transition.status();
      if (event instanceof CircuitEvent.PermitReturned returned && before != status) {
        grantedByPeriod.get(before.getVersion()).remove(returned.permit());
      }
      for (CircuitEffect effect : transition.effects()) {
        if (effect instanceof CircuitEffect.PermitGranted granted) {
          remember(granted.permit(), rules);
        }
      }
      checkStep(before, transition);
      checkStatus();
      if (event instanceof CircuitEvent.Reconsidered) {
        checkItGoesOn(rules);
      }
    }

    /**
     * A half-open circuit waits for a probe or can grant one, whatever the settings were before.
     */
    private void checkItGoesOn(CircuitRules rules) {
      assertThat(
              status.getState() != CircuitState.HALF_OPEN
                  || !status.getPermits().isEmpty()
                  || new ProbePeriod(status, rules).mayGrant())
          .isTrue();
    }

    private void remember(ProbePermit permit, CircuitRules rules) {
      known.add(permit.getId());
      Set<String> period =
          grantedByPeriod.computeIfAbsent(status.getVersion(), version -> new HashSet<>());
      assertThat(period.add(permit.getId())).as("a permit of its own").isTrue();
      assertThat(status.getGranted())
          .isEqualTo(period.size())
          .isLessThanOrEqualTo(rules.settings().halfOpenProbes());
      assertThat(status.getPermits().size() + status.getSuccesses())
          .isLessThanOrEqualTo(rules.settings().successesToClose());
    }

    private void checkStep(CircuitStatus before, Transition transition) {
      boolean moved =
          transition.effects().stream().anyMatch(CircuitEffect.StateChanged.class::isInstance);
      assertThat(status.getVersion()).isEqualTo(before.getVersion() + (moved ? 1 : 0));
      if (moved) {
        CircuitMoves.check(before.getState(), status.getState());
        assertThat(status.getSince().toEpochMilli()).isEqualTo(now);
      } else {
        assertThat(status.getState()).isEqualTo(before.getState());
        assertThat(status.getOpenUntil()).isEqualTo(before.getOpenUntil());
      }
    }

    private void checkStatus() {
      boolean isOpen = status.getState() == CircuitState.OPEN;
      boolean isHalfOpen = status.getState() == CircuitState.HALF_OPEN;
      assertThat(status.getOpenUntil() != null).isEqualTo(isOpen);
      assertThat(status.getOpenings() > 0).isEqualTo(isOpen || isHalfOpen);
      if (!isHalfOpen) {
        assertThat(status.getPermits()).isEmpty();
        assertThat(status.getGranted()).isZero();
        assertThat(status.getSuccesses()).isZero();
      }
      if (status.getState() != CircuitState.CLOSED) {
        assertThat(status.getIsolated()).isEmpty();
      }
      assertThat(status.getSuccesses() + status.getPermits().size())
          .isLessThanOrEqualTo(status.getGranted());
    }
  }
}
