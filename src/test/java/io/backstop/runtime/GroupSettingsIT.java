package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.backstop.config.BackstopConfig;
import io.backstop.testing.BrokerExtension;
import io.backstop.testing.TestConfig;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

class GroupSettingsIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();

  private final String group = "it-" + System.nanoTime();
  private final Logger log = (Logger) LoggerFactory.getLogger(GroupSettings.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void listen() {
    logged.start();
    log.addAppender(logged);
  }

  @AfterEach
  void ignore() {
    log.detachAppender(logged);
  }

  @Test
  void shouldGiveAStreamsGroupAWarmCopyAndTheTimesOfTheConfiguration() throws Exception {
    settle("backstop.kafka.session-timeout", "12s");

    assertThat(valueOf("streams.num.standby.replicas")).isEqualTo("1");
    assertThat(valueOf("streams.session.timeout.ms")).isEqualTo("12000");
    assertThat(valueOf("streams.heartbeat.interval.ms")).isEqualTo("500");
    assertThat(warnings()).isEmpty();
  }

  @Test
  void shouldSaySoAndSetTheRestWhenTheBrokersRefuseASetting() throws Exception {
    settle("backstop.kafka.session-timeout", "2s", "backstop.kafka.standby-replicas", "2");

    assertThat(valueOf("streams.num.standby.replicas")).isEqualTo("2");
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("streams.session.timeout.ms=2000", "group.streams.min.session.timeout.ms")
        .contains("--entity-type groups --entity-name " + group)
        .doesNotContain("standby");
  }

  @Test
  void shouldLeaveTheBrokersAloneInAClassicGroup() throws Exception {
    settle("backstop.kafka.group-protocol", "classic", "backstop.kafka.standby-replicas", "2");

    assertThat(valueOf("streams.num.standby.replicas")).isEqualTo("0");
  }

  private void settle(String... further) {
    String[] own = {
      "backstop.kafka.bootstrap-servers",
      BROKER.bootstrapServers(),
      "backstop.kafka.application-id",
      group
    };
    BackstopConfig config =
        TestConfig.with(Stream.of(own, further).flatMap(Stream::of).toArray(String[]::new));
    try (var admin = TopicAdmin.connect(config)) {
      admin.settleGroup();
    }
  }

  private String valueOf(String setting) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.GROUP, group);
    try (var admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()))) {
      Config settings = admin.describeConfigs(List.of(resource)).all().get().get(resource);
      return settings.get(setting).value();
    }
  }

  private List<String> warnings() {
    return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList().stream()
        .filter(each -> each.contains("refused"))
        .toList();
  }
}
