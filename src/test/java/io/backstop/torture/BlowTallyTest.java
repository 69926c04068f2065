package io.backstop.torture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlowTallyTest {

  @Test
  void shouldCountWhatFellByItsKindAndNameWhatWasSkipped() {
    var tally = new BlowTally();

    tally.fell(new Blow.Kill(1));
    tally.fell(new Blow.Kill(2));
    tally.fell(new Blow.RestartBroker());
    tally.skipped(new Blow.Kill(0), "it is frozen");

    Toll toll = tally.toll();
    assertThat(toll.done()).containsEntry("kill", 2).containsEntry("restart broker", 1).hasSize(2);
    assertThat(toll.skipped()).containsExactly("kill processor 0: it is frozen");
    assertThat(toll.kills()).isEqualTo(2);
  }
}
