package io.backstop.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.StoreNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of operations on one desk share: the desk, from its start to its end. */
abstract class OnDesk {
  static final Duration TICK = Duration.ofMillis(20);
  static final Duration REPORT = Duration.ofMillis(100);

  @TempDir Path stateDir;
  DeskScenario desk;

  @BeforeEach
  void start() {
    desk = new DeskScenario(stateDir.resolve("first"));
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  void assertNothingIsLeft() {
    assertThat(DeskScenario.count(desk.store(StoreNames.DESK_OPERATIONS))).isZero();
    assertThat(DeskScenario.count(desk.store(StoreNames.LETTERS_IN_READINESS))).isZero();
    assertThat(DeskScenario.count(desk.store(StoreNames.DESK_UNREPORTED))).isZero();
  }

  List<String> groups() {
    return DeskLists.groups(desk);
  }
}
