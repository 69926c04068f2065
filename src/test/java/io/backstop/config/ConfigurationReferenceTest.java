package io.backstop.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.testing.CommittedFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {

  @Test
  void shouldBeCurrent() {
    CommittedFile.mustHold(Path.of("docs/configuration.md"), ConfigurationReference.page());
  }

  @Test
  void shouldHaveADocForEverySetting() {
    assertThat(Settings.of(BackstopConfig.class))
        .allSatisfy(setting -> assertThat(setting.doc()).as(setting.key()).isNotBlank());
  }

  @Test
  void shouldGiveEverySettingItsOwnEnvironmentVariable() {
    assertThat(Settings.of(BackstopConfig.class))
        .extracting(Setting::environmentName)
        .doesNotHaveDuplicates();
  }
}
