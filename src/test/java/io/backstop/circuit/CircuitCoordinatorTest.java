package io.backstop.circuit;

import static io.backstop.circuit.CoordinatorScenario.SCOPE;
import static io.backstop.circuit.CoordinatorScenario.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionEvent;
import io.backstop.action.CircuitState;
import io.backstop.action.CircuitStatus;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.EventType;
import io.backstop.action.FleetKey;
import io.backstop.action.FleetSignal;
import io.backstop.action.FleetState;
import io.backstop.action.ProbePermit;
import io.backstop.action.ProbeReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitCoordinatorTest {
  private static final Duration TICK = Duration.ofMillis(50);

  private CoordinatorScenario fleet;

  @BeforeEach
  void start(@TempDir Path stateDir) {
    fleet = new CoordinatorScenario(stateDir.resolve("first"));
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  private void open() {
    fleet.send(fleet.failing("a", 3, 0), fleet.failing("b", 3, 0));
  }

  /** Open, and its time over; both instances have requests waiting. */
  private CircuitStatus halfOpen() {
    open();
    fleet.pass(Duration.ofSeconds(29));
    fleet.send(fleet.waiting("a", 1), fleet.waiting("b", 1));
    fleet.pass(Duration.ofSeconds(1));
    List<CircuitStatus> published = fleet.circuits();
    return published.get(published.size() - 1);
  }

  private FleetSignal reporting(ProbePermit permit, boolean succeeded) {
    var report = new ProbeReport(permit.getId(), succeeded, true, succeeded ? null : "HTTP 503");
    return fleet.signal(
        permit.getInstance(),
        fleet.evidence(0, 0, 2).setDemand(true).setProbes(List.of(report)).build());
  }

  @Test
  void shouldOpenForAllOnTheEvidenceOfTwoInstances() {
    open();

    CircuitStatus status = only(fleet.circuits());
    assertThat(status.getState()).isEqualTo(CircuitState.OPEN);
    assertThat(status.getReason()).isEqualTo("6 failures in a row within 60 s, in 2 instances");
    ActionEvent event = only(fleet.events());
    assertThat(event.getType()).isEqualTo(EventType.CIRCUIT_OPENED);
    assertThat(event.getPreviousState()).isEqualTo(CircuitState.CLOSED);
    assertThat(event.getCircuit()).isEqualTo(status);
    assertThat(event.getStatistics().getFailures()).isEqualTo(6);
    assertThat(event.getReason()).isEqualTo(status.getReason());
  }

  @Test
  void shouldOnlyIsolateAnInstanceThatFailsAlone() {
    fleet.send(fleet.signal("b", fleet.evidence(0, 9, 0).build()));
    fleet.send(fleet.signal("a", fleet.evidence(9, 0, 0).setLocalState(CircuitState.OPEN).build()));
    fleet.pass(Duration.ofMillis(900));
    assertThat(fleet.events()).as("others may follow").isEmpty();
    fleet.pass(Duration.ofMillis(200));

    assertThat(only(fleet.circuits()).getIsolated()).containsExactly("a");
    ActionEvent event = only(fleet.events());
    assertThat(event.getType()).isEqualTo(EventType.INSTANCE_ISOLATED);
    assertThat(event.getInstance()).isEqualTo("a");

    fleet.send(fleet.signal("a", fleet.evidence(0, 0, 0).build()));

    assertThat(only(fleet.circuits()).getIsolated()).isEmpty();
    assertThat(only(fleet.events()).getType()).isEqualTo(EventType.INSTANCE_REJOINED);
  }

  @Test
  void shouldNotTakeTheFirstToSpeakAfterARestartForTheOnlyOne() {
    fleet = fleet.restart();
    fleet.send(fleet.signal("a", fleet.evidence(9, 0, 0).setLocalState(CircuitState.OPEN).build()));
    fleet.pass(Duration.ofMillis(900));
    fleet.send(fleet.signal("b", fleet.evidence(0, 9, 0).build()));
    fleet.pass(Duration.ofSeconds(5));

    CircuitStatus status = only(fleet.circuits());
    assertThat(status.getState()).isEqualTo(CircuitState.CLOSED);
    assertThat(status.getIsolated()).containsExactly("a");
  }

  @Test
  void shouldOpenOnTheWordOfOneInstanceWhenNoOtherIsHeardOf() {
    fleet.send(fleet.signal("a", fleet.evidence(9, 0, 0).setLocalState(CircuitState.OPEN).build()));
    fleet.pass(Duration.ofSeconds(2));

    List<CircuitStatus> published = fleet.circuits();
    assertThat(published.get(published.size() - 1).getState()).isEqualTo(CircuitState.OPEN);
  }

  @Test
  void shouldGrantPermitsWhenTheOpenTimeIsOver() {
    CircuitStatus status = halfOpen();

    assertThat(status.getState()).isEqualTo(CircuitState.HALF_OPEN);
    assertThat(status.getPermits())
        .extracting(ProbePermit::getInstance)
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void shouldCloseWhenTheProbesSucceed() {
    CircuitStatus status = halfOpen();
    fleet.events();

    status.getPermits().forEach(permit -> fleet.send(reporting(permit, true)));

    ActionEvent event = only(fleet.events());
    assertThat(event.getType()).isEqualTo(EventType.CIRCUIT_CLOSED);
    assertThat(event.getPreviousState()).isEqualTo(CircuitState.HALF_OPEN);
  }

  @Test
  void shouldOpenAgainWhenAProbeFails() {
    CircuitStatus status = halfOpen();
    fleet.events();

    fleet.send(reporting(status.getPermits().get(0), false));

    ActionEvent event = only(fleet.events());
    assertThat(event.getType()).isEqualTo(EventType.CIRCUIT_OPENED);
    assertThat(event.getReason()).contains("HTTP 503");
    assertThat(event.getCircuit().getOpenings()).isEqualTo(2);
  }

  @Test
  void shouldGrantThePermitOfAnInstanceThatDiedToOneThatLives() {
    CircuitStatus status = halfOpen();
    ProbePermit living = permitOf(status, "a");
    fleet.send(reporting(living, true));
    fleet.circuits();

    for (int second = 0; second < 21; second++) {
      fleet.pass(Duration.ofSeconds(1));
      fleet.send(reporting(living, true));
    }

    CircuitStatus now = only(fleet.circuits());
    assertThat(now.getPermits()).extracting(ProbePermit::getInstance).containsExactly("a");
    assertThat(now.getGranted()).isEqualTo(3);
  }

  private static ProbePermit permitOf(CircuitStatus status, String instance) {
    return status.getPermits().stream()
        .filter(permit -> permit.getInstance().equals(instance))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldStayOpenForTheTimeLeftAfterARestart() {
    open();
    fleet.pass(Duration.ofSeconds(20));
    fleet = fleet.restart();
    fleet.pass(Duration.ofMillis(9_950));
    assertThat(fleet.circuits()).as("nothing new").isEmpty();

    fleet.pass(TICK);

    assertThat(only(fleet.circuits()).getState()).isEqualTo(CircuitState.HALF_OPEN);
  }

  @Test
  void shouldNotGrantMoreInAPeriodBecauseOfARestart() {
    CircuitStatus before = halfOpen();
    fleet = fleet.restart();
    fleet.send(fleet.waiting("c", 2));
    fleet.pass(TICK);

    assertThat(fleet.circuits()).as("two permits are out, two successes are needed").isEmpty();
    before.getPermits().forEach(permit -> fleet.send(reporting(permit, true)));
    List<CircuitStatus> after = fleet.circuits();

    assertThat(after.get(after.size() - 1).getState()).isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void shouldTakeLateAndRepeatedSignalsForNothing() {
    FleetSignal early = fleet.failing("a", 3, 0);
    open();
    fleet.circuits();
    fleet.command("circuit.reset", SCOPE, Map.of());
    fleet.circuits();

    fleet.send(early, early, fleet.failing("b", 9, 1));

    assertThat(fleet.circuits()).isEmpty();
  }

  @Test
  void shouldPublishStatisticsOnceASecondWhileTheyChange() {
    fleet.send(fleet.signal("a", fleet.evidence(1, 99, 0).build()));
    fleet.pass(Duration.ofSeconds(3));

    FleetState state = only(fleet.states(FleetKey.STATISTICS));
    assertThat(state.getStatistics().getCalls()).isEqualTo(100);
    assertThat(state.getStatistics().getMeanMs()).isEqualTo(20.0);
    assertThat(state.getStatistics().getP99Ms()).isBetween(18.0, 22.0);
    assertThat(fleet.states(FleetKey.CIRCUIT)).isEmpty();
  }

  @Test
  void shouldDoWhatOperatorsWantAndSayWho() {
    CommandResult forced = fleet.command("circuit.force-open", SCOPE, Map.of());
    assertThat(forced.getStatus()).isEqualTo(CommandStatus.DONE);
    assertThat(forced.getMessage()).isEqualTo("circuit notion is FORCED_OPEN now");
    assertThat(only(fleet.events()).getActor()).isEqualTo("ann");
    assertThat(only(fleet.circuits()).getReason()).isEqualTo("forced open by ann: drill");

    CommandResult again = fleet.command("circuit.force-open", SCOPE, Map.of());
    assertThat(again.getAffected()).isZero();
    assertThat(again.getMessage()).contains("already");

    fleet.command("circuit.disable", SCOPE, Map.of());
    assertThat(only(fleet.circuits()).getState()).isEqualTo(CircuitState.DISABLED);
    fleet.command("circuit.reset", SCOPE, Map.of());
    assertThat(only(fleet.circuits()).getState()).isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void shouldDoTheSameCommandOnceEvenAfterARestart() {
    fleet.command("c-1", "circuit.force-open", SCOPE, Map.of());
    fleet.command("c-2", "circuit.reset", SCOPE, Map.of());
    fleet = fleet.restart();

    CommandResult again = fleet.command("c-1", "circuit.force-open", SCOPE, Map.of());

    assertThat(again.getStatus()).isEqualTo(CommandStatus.DONE);
    assertThat(again.getMessage()).contains("done before");
    assertThat(fleet.circuits()).isEmpty();
  }

  @Test
  void shouldChangeSettingsKeepThemAndPutThemBack() {
    fleet.command("circuit.configure", SCOPE, Map.of("circuit.open-duration", "3s"));
    assertThat(only(fleet.states(FleetKey.SETTINGS)).getSettings().getSettings())
        .containsExactly(Map.entry("circuit.open-duration", "3s"));
    ActionEvent event = only(fleet.events());
    assertThat(event.getType()).isEqualTo(EventType.SETTINGS_CHANGED);
    assertThat(event.getReason()).isEqualTo("circuit.open-duration = 3s: drill");

    fleet = fleet.restart();
    CommandResult result =
        fleet.command(
            "circuit.configure", SCOPE, Map.of("timeout", "1s", "circuit.open-duration", ""));

    assertThat(result.getMessage())
        .isEqualTo("notion: circuit.open-duration as configured, timeout = 1s");
    assertThat(only(fleet.states(FleetKey.SETTINGS)).getSettings().getSettings())
        .containsExactly(Map.entry("timeout", "1s"));
  }

  @Test
  void shouldFollowSettingsThatChangeAtRunTime() {
    fleet.policies.change(SCOPE, Map.of("circuit.min-instances", "1"));

    fleet.send(fleet.signal("b", fleet.evidence(0, 9, 0).build()));
    fleet.pass(TICK);
    fleet.send(fleet.failing("a", 5, 0));

    assertThat(only(fleet.circuits()).getState()).isEqualTo(CircuitState.OPEN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          circuit.explode    | notion       |                          |       | no command for circuits
          circuit.reset      | nothing      |                          |       | nothing is no service
          circuit.reset      | notion:query |                          |       | name its service, notion
          circuit.reset      | ''           |                          |       | no service is named
          circuit.configure  | notion       |                          |       | no setting is given
          circuit.configure  | notion       | circuit.open-duratio     | 3s    | did you mean circuit.open-duration?
          circuit.configure  | notion       | circuit.open-duratio     | ''    | did you mean circuit.open-duration?
          circuit.configure  | notion       | circuit.open-duration    | soon  | circuit.open-duration = soon
          circuit.configure  | notion       | circuit.half-open-probes | 1     | could never close
          """)
  void shouldRefuseWhatCannotBeDoneAndSayWhy(
      String name, String subject, String key, String value, String expected) {
    Map<String, String> arguments = key == null ? Map.of() : Map.of(key, value);

    CommandResult result = fleet.command(name, subject, arguments);

    assertThat(result.getStatus()).isEqualTo(CommandStatus.REFUSED);
    assertThat(result.getMessage()).contains(expected).doesNotContain("targets.changed");
    assertThat(fleet.states(FleetKey.SETTINGS)).isEmpty();
    assertThat(fleet.events()).isEmpty();
  }
}
