package io.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionEvent;
import io.backstop.action.CacheCounts;
import io.backstop.action.CircuitState;
import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.EventType;
import io.backstop.action.FailureClass;
import io.backstop.action.FleetState;
import io.backstop.action.InstanceFailure;
import io.backstop.action.RecentFailures;
import io.backstop.action.ServiceFailure;
import io.backstop.action.SettingChanges;
import io.backstop.action.Strategy;
import io.backstop.client.Commands;
import io.backstop.client.FleetStates;
import io.backstop.client.Start;
import io.backstop.client.TopicReader;
import io.backstop.config.BackstopConfig;
import io.backstop.serde.Decoded;
import io.backstop.serde.Registry;
import io.backstop.serde.WireDecoder;
import io.backstop.serde.WireEncoder;
import io.backstop.testing.BrokerExtension;
import io.backstop.testing.TestConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands for operators against a broker, where the test plays the processor. */
class FleetCommandsIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();
  private static final Instant NOW = Instant.now();

  @TempDir private Path directory;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private String prefix;
  private BackstopConfig config;
  private Registry registry;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void createTopics() throws Exception {
    prefix = "fleet-" + System.nanoTime() + ".";
    config =
        TestConfig.with(
            "backstop.kafka.bootstrap-servers",
            BROKER.bootstrapServers(),
            "backstop.registry.url",
            BROKER.registryUrl(),
            "backstop.registry.auto-register",
            "true",
            "backstop.topics.prefix",
            prefix);
    registry = new Registry(config.registry());
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", BROKER.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    try (var admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()))) {
      var names = List.of("commands", "command-results", "fleet-state", "events");
      admin
          .createTopics(
              names.stream()
                  .map(name -> new NewTopic(prefix + name, Optional.of(1), Optional.empty()))
                  .toList())
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  @AfterEach
  void stop() throws Exception {
    stopped.set(true);
    producer.close(Duration.ZERO);
    registry.close();
  }

  private CommandRun run(String... args) {
    String yaml =
        """
        backstop:
          kafka: {bootstrap-servers: "%s"}
          registry: {url: "%s", auto-register: true}
          topics: {prefix: "%s"}
        """
            .formatted(BROKER.bootstrapServers(), BROKER.registryUrl(), prefix);
    return CommandRun.with(directory, yaml, args);
  }

  @SuppressWarnings("unchecked")
  private <T extends SpecificRecord> void write(String topic, String key, T value)
      throws Exception {
    byte[] bytes =
        value == null
            ? null
            : new WireEncoder<>(registry, prefix + topic, (Class<T>) value.getClass())
                .encode(value);
    writeRaw(topic, key.getBytes(StandardCharsets.UTF_8), bytes);
  }

  private void writeRaw(String topic, byte[] key, byte[] value) throws Exception {
    producer.send(new ProducerRecord<>(prefix + topic, 0, key, value)).get(30, TimeUnit.SECONDS);
  }

  private static FleetState circuit(CircuitState state) {
    return FleetState.newBuilder(
            SampleFleet.circuit(SampleFleet.status(state).setSince(NOW.minusSeconds(65))))
        .setWrittenAt(NOW)
        .build();
  }

  /** Answers every command in the background; gives the commands that it saw. */
  private List<Command> answering(CommandStatus status, String message) {
    var seen = new ArrayList<Command>();
    var reader = TopicReader.open(config, prefix + "commands");
    reader.startAt(new Start.Beginning());
    var decoder = new WireDecoder<>(Command.class, registry, InstantSource.system());
    CompletableFuture.runAsync(
        () -> {
          try (reader;
              decoder) {
            reader.readOn(
                rec -> {
                  var decoded = decoder.decodeFetching(rec.value(), Duration.ofSeconds(10));
                  var command = ((Decoded.Value<Command>) decoded).value();
                  seen.add(command);
                  answer(command, status, message);
                  return true;
                },
                () -> !stopped.get());
          }
        });
    return seen;
  }

  private void answer(Command command, CommandStatus status, String message) {
    var result =
        CommandResult.newBuilder()
            .setCommandId(command.getCommandId())
            .setName(command.getName())
            .setSubject(command.getSubject())
            .setStatus(status)
            .setMessage(message)
            .setCompletedAt(NOW)
            .build();
    try {
      write("command-results", command.getSubject(), result);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldShowTheLatestStateOfEveryCircuit() throws Exception {
    write("fleet-state", "circuit:notion", circuit(CircuitState.CLOSED));
    write("fleet-state", "circuit:notion", circuit(CircuitState.FORCED_OPEN));
    write("fleet-state", "circuit:gone", circuit(CircuitState.OPEN));
    write("fleet-state", "circuit:gone", null);
    write("fleet-state", "circuit:acme", circuit(CircuitState.DISABLED));

    var run = run("circuits");

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).contains("SERVICE", "slack ", "trello ").doesNotContain("gone");
    assertThat(run.outLines())
        .anyMatch(line -> line.startsWith("notion ") && line.contains("FORCED_OPEN  1m "))
        .anyMatch(line -> line.startsWith("acme ") && line.contains("DISABLED"));
  }

  @Test
  void shouldReportAStateThatCannotBeReadAndShowTheRest() throws Exception {
    writeRaw("fleet-state", new byte[] {1}, new byte[] {1});
    writeRaw("fleet-state", null, new byte[] {1});
    write("fleet-state", "circuit:notion", circuit(CircuitState.OPEN));

    var run = run("circuits", "--json");

    assertThat(run.err()).hasLineCount(2).contains("fleet-state-0@0 cannot be read");
    assertThat(run.out()).contains("\"service\":\"notion\",\"state\":\"OPEN\"");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void shouldMissNoChangeBetweenReadingAndFollowing() throws Exception {
    write("fleet-state", "circuit:notion", circuit(CircuitState.OPEN));
    try (var fleet = FleetStates.open(config, problem -> {})) {
      var first = fleet.read();
      write("fleet-state", "circuit:notion", circuit(CircuitState.HALF_OPEN));
      write("fleet-state", "circuit:notion", null);
      var changes = new ArrayList<String>();

      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      fleet.follow(
          (key, state) ->
              changes.add(key + "=" + (state == null ? null : state.getCircuit().getState())),
          () -> changes.size() < 2 && System.nanoTime() < deadline);

      assertThat(first).containsOnlyKeys("circuit:notion");
      assertThat(changes).containsExactly("circuit:notion=HALF_OPEN", "circuit:notion=null");
    }
  }

  @Test
  void shouldSendACommandAndSayWhatWasDone() {
    var seen = answering(CommandStatus.DONE, "the circuit of notion is closed");

    var run = run("circuits", "reset", "notion", "--actor", "ann", "--reason", "it is well again");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.outLines()).containsExactly("the circuit of notion is closed");
    var command = seen.get(0);
    assertThat(command.getName()).isEqualTo("circuit.reset");
    assertThat(command.getSubject()).isEqualTo("notion");
    assertThat(command.getActor()).isEqualTo("ann");
    assertThat(command.getReason()).isEqualTo("it is well again");
  }

  @Test
  void shouldSayWhyTheProcessorRefused() {
    answering(CommandStatus.REFUSED, "nothing is cached");

    var run = run("cache", "clear", "notion:query", "--key", "k-1");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).startsWith("backstop: cache.clear refused: nothing is cached");
  }

  @Test
  void shouldGiveUpOnAnAnswerButLeaveTheCommandOnTheTopic() {
    var command =
        Command.newBuilder()
            .setCommandId("c-1")
            .setName("circuit.reset")
            .setSubject("notion")
            .setIssuedAt(NOW)
            .build();
    try (var commands = Commands.open(config)) {
      assertThat(commands.send(command, Duration.ofMillis(500))).isEmpty();
    }

    try (var reader = TopicReader.open(config, prefix + "commands")) {
      var ids = new ArrayList<String>();
      reader.readToEnd(
          new Start.Beginning(),
          rec ->
              ids.add(
                  new String(
                      rec.headers().lastHeader("command-id").value(), StandardCharsets.UTF_8)));
      assertThat(ids).containsExactly("c-1");
    }
  }

  @Test
  void shouldRefuseWhatCannotBeBeforeItIsSent() throws Exception {
    write(
        "fleet-state",
        "settings:notion",
        FleetState.newBuilder()
            .setWrittenAt(NOW)
            .setSettings(new SettingChanges(Map.of("circuit.max-open-duration", "40s"), NOW, "ann"))
            .build());

    var unknown = run("circuits", "reset", "notoin");
    var wrong = run("circuits", "configure", "notion", "circuit.open-duration=45s");
    var misspelt = run("circuits", "configure", "notion", "circuit.open-duratio=");

    assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err()).contains("no service 'notoin'", "did you mean notion?");
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).contains("circuit.max-open-duration");
    assertThat(misspelt.err()).contains("did you mean circuit.open-duration?");
  }

  @Test
  void shouldListTheSettingsInForceAndWhoChangedThem() throws Exception {
    write(
        "fleet-state",
        "settings:notion",
        FleetState.newBuilder()
            .setWrittenAt(NOW)
            .setSettings(new SettingChanges(Map.of("circuit.window", "20s"), NOW, "ann"))
            .build());

    var run = run("circuits", "settings", "notion");

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.outLines())
        .anyMatch(
            line -> line.matches("circuit.window +20s +changed by ann at \\S+Z; configured: 1m"))
        .anyMatch(line -> line.matches("retry.max-attempts +3"));
  }

  @Test
  void shouldPrintEventsOfOneType() throws Exception {
    for (var type : List.of(EventType.CIRCUIT_OPENED, EventType.REQUEST_FAILED)) {
      write("events", "notion", ActionEvent.newBuilder().setType(type).setAt(NOW).build());
    }

    assertThat(run("events", "--json").outLines()).hasSize(2);
    assertThat(run("events", "--type", "CIRCUIT_OPENED,CIRCUIT_CLOSED").outLines())
        .hasSize(2)
        .last()
        .asString()
        .contains("CIRCUIT_OPENED");
  }

  @Test
  void shouldShowWhatTheCacheHolds() throws Exception {
    assertThat(run("cache", "stats").out()).startsWith("No processor has reported");
    write(
        "fleet-state",
        "cache",
        FleetState.newBuilder()
            .setWrittenAt(NOW)
            .setCache(new CacheCounts(12L, 3_456L, 30L, 10L, NOW))
            .build());

    assertThat(run("cache", "stats").out()).contains("entries  12", "30 of 40 (75.0%)");
    assertThat(run("cache", "stats", "--json").out()).contains("\"hits\":30");
  }

  @Test
  void shouldShowStrategiesAndWhoSetThem() throws Exception {
    write(
        "fleet-state",
        "strategy:trello:moveCard",
        FleetState.newBuilder()
            .setWrittenAt(NOW)
            .setStrategy(new Strategy(true, List.of("queue:high"), Map.of(), null))
            .setStrategySetBy("ann")
            .build());

    var list = run("strategies", "list");
    var show = run("strategies", "show", "trello:moveCard");
    var unknown = run("strategies", "show", "trello:movCard");

    assertThat(list.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(list.outLines())
        .anyMatch(line -> line.matches("trello:moveCard +command +.* queue:high"))
        .anyMatch(line -> line.matches("notion:query +bundled +.* cached-result, default-value"));
    assertThat(show.outLines())
        .contains("steps          queue:high", "on VALIDATION  dead-letter")
        .anyMatch(line -> line.startsWith("from           command, set by ann at "));
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err()).contains("did you mean trello:moveCard?");
  }

  @Test
  void shouldSetAndResetAStrategy() {
    var seen = answering(CommandStatus.DONE, "done");

    var set =
        run(
            "strategies",
            "set",
            "notion:query",
            "--steps",
            "cached-result,skip",
            "--on",
            "RATE_LIMITED=queue:low",
            "--default-value",
            "{}");
    var reset = run("strategies", "reset", "notion:query");
    var nothing = run("strategies", "set", "notion:query");

    assertThat(set.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(reset.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(nothing.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(seen)
        .extracting(Command::getName)
        .containsExactly("strategies.set", "strategies.reset");
    assertThat(seen.get(0).getArguments())
        .containsOnly(
            Map.entry("steps", "cached-result,skip"),
            Map.entry("by-failure.RATE_LIMITED", "queue:low"),
            Map.entry("default-value", "{}"),
            Map.entry("enabled", "true"));
  }

  @Test
  void shouldListAndClearWhatFailedLately() throws Exception {
    assertThat(run("failures", "list").out()).startsWith("Nothing failed");
    var failure =
        new ServiceFailure("notion", "notion:query", NOW, FailureClass.TIMEOUT, "no answer");
    var seenByOne = new InstanceFailure("one", failure);
    write(
        "fleet-state",
        "failures:notion",
        FleetState.newBuilder()
            .setWrittenAt(NOW)
            .setFailures(new RecentFailures(List.of(seenByOne, seenByOne, seenByOne), null, null))
            .build());
    var seen = answering(CommandStatus.DONE, "done");

    assertThat(run("failures", "list").outLines())
        .anyMatch(line -> line.matches("notion .*notion:query +TIMEOUT +one +no answer"))
        .contains("notion is skipped by requests that allow it: 3 failed within 5m 0s.");
    assertThat(run("failures", "list", "--json").out())
        .contains("\"service\":\"notion\",\"count\":3,\"skipped\":true");
    assertThat(run("failures", "clear", "--all").exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run("failures", "clear").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(seen.get(0).getName()).isEqualTo("failures.clear");
    assertThat(seen.get(0).getSubject()).isEmpty();
  }
}
