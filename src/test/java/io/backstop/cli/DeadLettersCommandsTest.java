package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands about dead letters make of their arguments and of their output. */
class DeadLettersCommandsTest {
  @RegisterExtension
  static final WireMockExtension INSTANCE =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void shouldRefuseAnEmptyIdAsAVariableThatIsNotSetLeavesIt(String id) {
    var run = CommandRun.of("dead-letters", "show", id, "--url", INSTANCE.baseUrl());

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("ID is empty");
  }
}
