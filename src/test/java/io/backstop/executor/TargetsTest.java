package io.backstop.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.backstop.action.ActionRequest;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetsTest {

  /** All that a user writes to add a target. */
  public static final class Echo implements ActionExecutor {
    @Override
    public Target target() {
      return new Target("custom:echo", PayloadFamily.GENERIC);
    }

    @Override
    public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
      return CompletableFuture.completedFuture(
          new Outcome.Succeeded("{\"echo\":true}", OptionalInt.empty()));
    }
  }

  @Test
  void shouldFindATargetThatAUserPutOnTheClassPathBesideTheBuiltInOnes(@TempDir Path jar)
      throws IOException {
    Path services = Files.createDirectories(jar.resolve("META-INF/services"));
    Files.writeString(services.resolve(ActionExecutor.class.getName()), Echo.class.getName());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();

    try (var userCode = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
      thread.setContextClassLoader(userCode);
      Targets targets = Targets.load();

      assertThat(targets.find("custom:echo")).isPresent();
      assertThat(targets.names()).contains("notion:createPage", "gmail:search").hasSize(22);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void shouldRefuseTwoExecutorsForOneTarget() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Targets.of(List.of(new Echo(), new Echo())))
        .withMessageContaining("custom:echo is served twice");
  }
}
