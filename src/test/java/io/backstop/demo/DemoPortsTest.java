package io.backstop.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.backstop.config.StartupException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoPortsTest {
  private static final Optional<Integer> NONE = Optional.empty();

  @Test
  void shouldTakeFreePortsWhereTheUsualOnesAreNotWanted() {
    assertThat(DemoPorts.choose(NONE, NONE, NONE, false)).isEqualTo(new DemoPorts(0, 0, 0));
  }

  @Test
  void shouldSayWhichOptionNamesAPortInUse() throws Exception {
    try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var asked = Optional.of(busy.getLocalPort());

      assertThatExceptionOfType(StartupException.class)
          .isThrownBy(() -> DemoPorts.choose(NONE, NONE, asked, true))
          .withMessageContaining("port " + busy.getLocalPort() + " is in use")
          .withMessageContaining("--simulator-port");
    }
  }

  @Test
  void shouldRefuseWhatIsNoPort() {
    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(() -> DemoPorts.choose(Optional.of(70_000), NONE, NONE, true))
        .withMessage("--port 70000 is not between 0 and 65535");
  }
}
