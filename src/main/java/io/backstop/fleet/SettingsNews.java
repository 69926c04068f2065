package io.backstop.fleet;

import io.backstop.action.FleetNews;
import io.backstop.action.FleetState;
import io.backstop.config.Policies;
import io.backstop.config.StartupException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over the settings that commands have changed. */
public final class SettingsNews implements FleetNews {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsNews.class);

  private final Policies policies;

  public SettingsNews(Policies policies) {
    this.policies = policies;
  }

  @Override
  public void changed(String scope, FleetState state) {
    boolean isAsConfigured = state == null || state.getSettings() == null;
    Map<String, String> settings = isAsConfigured ? Map.of() : state.getSettings().getSettings();
    try {
      policies.change(scope, settings);
      LOG.info("settings changed scope={} settings={}", scope, settings);
    } catch (StartupException e) {
      // an instance of another version, which knows other settings, has let them in
      LOG.error("settings not taken over scope={} reason={}", scope, e.getMessage());
    }
  }
}
