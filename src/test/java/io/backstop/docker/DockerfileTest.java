package io.backstop.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.docker.Dockerfile.Copy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerfileTest {
  private static final Dockerfile FILE = Dockerfile.read();

  @Test
  void shouldCopyFromTheCheckoutOnlyWhatIsThereAndNotIgnored() {
    List<String> sent =
        CommittedDocuments.text("docker/Dockerfile.dockerignore")
            .lines()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();

    assertThat(Dockerfile.copies(FILE.instructions()))
        .filteredOn(copy -> copy.stage().isEmpty())
        .flatExtracting(Copy::sources)
        .isNotEmpty()
        .allSatisfy(source -> assertThat(Path.of(source)).exists())
        .allSatisfy(source -> assertThat(sent).contains(source));
  }

  @Test
  void shouldRunAsAUserThatKubernetesSeesNotToBeRoot() {
    assertThat(FILE.only("USER")).matches("[1-9]\\d*:[1-9]\\d*");
  }

  @Test
  void shouldStartNoShellBetweenTheContainerAndTheLauncher() {
    assertThat(Dockerfile.execForm(FILE.only("ENTRYPOINT")))
        .containsExactly("/opt/backstop/backstop");
    assertThat(Dockerfile.execForm(FILE.only("CMD"))).containsExactly("run");
    assertThat(CommittedDocuments.text("backstop").strip()).endsWith("exec \"$java\" \"$@\"");
  }

  @Test
  void shouldKeepStateOnTheVolumeAndListenOnThePortThatItNames() {
    assertThat(FILE.only("ENV")).contains("BACKSTOP_KAFKA_STATE_DIR=" + FILE.only("VOLUME") + "/");
    assertThat(FILE.only("ENV")).contains("BACKSTOP_MONITORING_PORT=" + FILE.only("EXPOSE"));
    assertThat(FILE.only("WORKDIR")).isEqualTo(FILE.only("VOLUME"));
  }

  @Test
  void shouldTakeNothingOfTheBuildButTheProgramIntoTheImage() {
    assertThat(Dockerfile.copies(FILE.ofTheImage()))
        .filteredOn(copy -> !copy.stage().isEmpty())
        .flatExtracting(Copy::sources)
        .containsExactlyInAnyOrder("/src/target/lib/run/", "/src/target/backstop.jar");
    assertThat(FILE.instructions())
        .filteredOn(each -> each.name().equals("FROM"))
        .allSatisfy(each -> assertThat(each.arguments()).contains(":").doesNotContain(":latest"));
  }
}
