package io.backstop.executor.google;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.executor.ActionExecutor;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class GoogleTargetsTest {

  @Test
  void shouldBeFoundAsServices() {
    ServiceLoader<ActionExecutor> found = ServiceLoader.load(ActionExecutor.class);

    assertThat(found)
        .extracting(executor -> executor.target().name())
        .contains(
            "drive:upload",
            "drive:createFolder",
            "sheets:update",
            "sheets:append",
            "gmail:send",
            "gmail:search",
            "google-tasks:create");
  }
}
