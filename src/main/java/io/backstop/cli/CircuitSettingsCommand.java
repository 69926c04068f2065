package io.backstop.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetState;
import io.backstop.action.SettingChanges;
import io.backstop.config.Policies;
import io.backstop.config.SettingsInForce;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backstop circuits settings}. */
@Command(
    name = "settings",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the settings of a service that are in force: as configured here, and as changed by",
      "'circuits configure'."
    })
final class CircuitSettingsCommand implements Callable<Integer> {
  private static final Table TABLE =
      new Table().column("SETTING", 28).column("IN FORCE", 32).last("NOTE");

  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions config;

  @Mixin private CircuitSubject subject;

  @Option(names = "--json", description = "One JSON object per setting and line.")
  private boolean json;

  @Override
  public Integer call() {
    MisplacedOptions.refuse(spec);
    var settings = config.load();
    Optional<SettingChanges> changes =
        Optional.ofNullable(
                subject.states(spec, settings).get(FleetKey.SETTINGS.of(subject.scope())))
            .map(FleetState::getSettings);
    var policies = new Policies(settings);
    var configured = SettingsInForce.of(policies.of(subject.scope()));
    changes.ifPresent(each -> policies.change(subject.scope(), each.getSettings()));
    print(configured, SettingsInForce.of(policies.of(subject.scope())), changes);
    return ExitCode.OK;
  }

  private void print(
      Map<String, String> configured,
      Map<String, String> inForce,
      Optional<SettingChanges> changes) {
    var out = spec.commandLine().getOut();
    if (!json) {
      out.println(TABLE.head());
    }
    var keys = new TreeSet<>(inForce.keySet());
    keys.addAll(configured.keySet());
    for (String key : keys) {
      Optional<SettingChanges> change = changes.filter(each -> each.getSettings().containsKey(key));
      out.println(
          json
              ? json(key, configured.get(key), inForce.get(key), change)
              : TABLE.row(key, inForce.get(key), note(configured.get(key), change)));
    }
  }

  private static String note(String configured, Optional<SettingChanges> change) {
    return change
        .map(
            each ->
                "changed by %s at %s; configured: %s"
                    .formatted(
                        each.getActor(),
                        RecordView.seconds(each.getChangedAt()),
                        configured == null ? "none" : configured))
        .orElse("");
  }

  private static String json(
      String key, String configured, String inForce, Optional<SettingChanges> change) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("setting", key);
    json.put("inForce", inForce);
    json.put("configured", configured);
    json.put("changedBy", change.map(SettingChanges::getActor).orElse(null));
    json.put("changedAt", change.map(each -> each.getChangedAt().toString()).orElse(null));
    return json.toString();
  }
}
