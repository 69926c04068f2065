package io.backstop.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands about dead letters make of their arguments and of their output. */
class DeadLettersCommandsTest {
  @RegisterExtension
  static final WireMockExtension INSTANCE =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  @TempDir private Path directory;

  /** A disk without room, or a pipe that nobody reads any more. */
  private static final class Full extends Writer {
    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void shouldRefuseAnEmptyIdAsAVariableThatIsNotSetLeavesIt(String id) {
    var run = CommandRun.of("dead-letters", "show", id, "--url", INSTANCE.baseUrl());

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("ID is empty");
  }

  @Test
  void shouldFailWhenNotAllOfAnExportArrived() {
    INSTANCE.stubFor(
        get(urlPathEqualTo("/v1/dead-letters"))
            .willReturn(okJson("{\"items\":[{\"id\":\"l-1\"}],\"next\":null}")));
    INSTANCE.stubFor(
        get(urlPathEqualTo("/v1/dead-letters/l-1")).willReturn(okJson("{\"letter\":{}}")));
    var err = new StringWriter();

    int exitCode =
        BackstopCommand.commandLine(new PrintWriter(new Full()), new PrintWriter(err, true))
            .execute("dead-letters", "export", "--file", "-", "--url", INSTANCE.baseUrl());

    assertThat(exitCode).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("not all letters could be written").hasLineCount(1);
  }

  @Test
  void shouldNotReplaceAWholeExportByOneThatIsNot() throws IOException {
    INSTANCE.stubFor(
        get(urlPathEqualTo("/v1/dead-letters"))
            .willReturn(
                okJson(
                    "{\"items\":[{\"id\":\"l-1\"}],\"next\":null,\"partial\":true,\"missing\":"
                        + "[{\"instance\":null,\"partitions\":[2],\"why\":\"it is away\"}]}")));
    INSTANCE.stubFor(
        get(urlPathEqualTo("/v1/dead-letters/l-1")).willReturn(okJson("{\"letter\":{}}")));
    Path file = Files.writeString(directory.resolve("letters.jsonl"), "yesterday's");

    var run =
        CommandRun.of(
            "dead-letters", "export", "--file", file.toString(), "--url", INSTANCE.baseUrl());

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("lacks partition 2", "is left as it was");
    assertThat(run.out()).contains("1 dead letters written to " + file + ".partial");
    assertThat(file).hasContent("yesterday's");
    assertThat(Path.of(file + ".partial")).hasContent("{\"letter\":{}}\n");
  }
}
