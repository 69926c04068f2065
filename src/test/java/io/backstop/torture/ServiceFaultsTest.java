package io.backstop.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.simulator.EmulatedService;
import io.backstop.simulator.FaultPlan;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceFaultsTest {
  private final Map<EmulatedService, FaultPlan> now = new EnumMap<>(EmulatedService.class);
  private final ServiceFaults faults = new ServiceFaults(now::put);

  @Test
  void shouldMendAServiceOnlyAtTheEndOfItsLatestFault() {
    int first = faults.begin(EmulatedService.NOTION, Misbehaviour.OUTAGE);
    int second = faults.begin(EmulatedService.NOTION, Misbehaviour.HANG);

    faults.end(EmulatedService.NOTION, first);
    assertThat(now).containsEntry(EmulatedService.NOTION, Misbehaviour.HANG.plan());

    faults.end(EmulatedService.NOTION, second);
    assertThat(now).containsEntry(EmulatedService.NOTION, Misbehaviour.WELL);
  }

  @Test
  void shouldMendEachServiceByItself() {
    int notion = faults.begin(EmulatedService.NOTION, Misbehaviour.OUTAGE);
    faults.begin(EmulatedService.SLACK, Misbehaviour.RESET);

    faults.end(EmulatedService.NOTION, notion);

    assertThat(now)
        .containsEntry(EmulatedService.NOTION, Misbehaviour.WELL)
        .containsEntry(EmulatedService.SLACK, Misbehaviour.RESET.plan());
  }
}
