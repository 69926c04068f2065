package io.backstop.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.backstop.action.Command;
import io.backstop.action.CommandResult;
import io.backstop.action.CommandStatus;
import io.backstop.action.FleetState;
import io.backstop.action.LetterSet;
import io.backstop.action.LetterStatus;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPhase;
import io.backstop.action.OperationStatus;
import io.backstop.action.TargetPause;
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
import java.util.concurrent.CopyOnWriteArrayList;
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

/** Commands that change letters and targets, and the audit log; the test plays the processor. */
class LettersOrderIT {
  @RegisterExtension static final BrokerExtension BROKER = new BrokerExtension();

  @RegisterExtension
  static final WireMockExtension INSTANCE =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private static final Instant NOW = Instant.now();

  @TempDir private Path directory;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final List<Command> seen = new CopyOnWriteArrayList<>();
  private String prefix;
  private BackstopConfig config;
  private Registry registry;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void createTopics() throws Exception {
    prefix = "orders-" + System.nanoTime() + ".";
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
      admin
          .createTopics(
              List.of("commands", "command-results", "fleet-state").stream()
                  .map(name -> new NewTopic(prefix + name, Optional.of(1), Optional.empty()))
                  .toList())
          .all()
          .get(30, TimeUnit.SECONDS);
    }
    INSTANCE.stubFor(any(anyUrl()).willReturn(jsonResponse("{\"detail\":\"not there\"}", 404)));
    INSTANCE.stubFor(
        get(urlPathEqualTo("/v1/desk-position"))
            .willReturn(okJson("{\"cutOff\":{\"0\":5,\"1\":7},\"partial\":false}")));
    INSTANCE.stubFor(
        get(urlPathEqualTo("/v1/dead-letters"))
            .withQueryParam("cut-off", equalTo("0:5,1:7"))
            .withQueryParam("status", equalTo("OPEN"))
            .withQueryParam("target", equalTo("notion:query"))
            .willReturn(
                okJson(
                    "{\"items\":[{\"id\":\"l-2\",\"target\":\"notion:query\"},"
                        + "{\"id\":\"l-1\",\"target\":\"notion:query\"}],\"next\":null}")));
    INSTANCE.stubFor(
        get(urlPathEqualTo("/v1/dead-letters/l-1")).willReturn(okJson("{\"letter\":{}}")));
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

  private CommandRun order(String... args) {
    List<String> all = new ArrayList<>(List.of("dead-letters"));
    all.addAll(List.of(args));
    all.addAll(List.of("--url", INSTANCE.baseUrl()));
    return run(all.toArray(String[]::new));
  }

  @SuppressWarnings("unchecked")
  private <T extends SpecificRecord> void write(String topic, String key, T value) {
    byte[] bytes =
        new WireEncoder<>(registry, prefix + topic, (Class<T>) value.getClass()).encode(value);
    writeRaw(topic, key, bytes);
  }

  private void writeRaw(String topic, String key, byte[] value) {
    try {
      byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
      producer
          .send(new ProducerRecord<>(prefix + topic, 0, keyBytes, value))
          .get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Answers every command: that work on it has begun, how far it is, and that it has ended. */
  private void answering(long affected) {
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
                  work(command, affected);
                  return true;
                },
                () -> !stopped.get());
          }
        });
  }

  private void work(Command command, long affected) {
    String id = command.getCommandId();
    answer(id, CommandStatus.ACCEPTED, "begun", 0, Map.of());
    var status =
        OperationStatus.newBuilder()
            .setKind(OperationKind.DISMISS)
            .setPhase(OperationPhase.RUNNING)
            .setStartedAt(NOW)
            .setSelected(2)
            .setReleased(2)
            .setChanged(1)
            .build();
    write(
        "fleet-state",
        "operation:" + id,
        FleetState.newBuilder().setWrittenAt(NOW).setOperation(status).build());
    answer(id, CommandStatus.DONE, affected + " letters dismissed", affected, Map.of());
  }

  private void answer(
      String id, CommandStatus status, String message, long affected, Map<String, String> details) {
    write(
        "command-results",
        "",
        CommandResult.newBuilder()
            .setCommandId(id)
            .setStatus(status)
            .setMessage(message)
            .setAffected(affected)
            .setDetails(details)
            .setCompletedAt(NOW)
            .build());
  }

  @Test
  void shouldSendWhatItCountedPinned() {
    answering(2);

    var run =
        order("dismiss", "--target", "notion:query", "--yes", "--reason", "spam", "--actor", "ann");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.outLines())
        .containsExactly(
            "2 letters by filter target=notion:query, status=OPEN",
            "         2  notion:query",
            "2 letters dismissed");
    Command command = seen.get(0);
    assertThat(command.getName()).isEqualTo("letters.dismiss");
    assertThat(command.getReason()).isEqualTo("spam");
    var selection = command.getSelection();
    assertThat(selection.getCount()).isEqualTo(2);
    assertThat(selection.getHash()).isEqualTo(LetterSet.EMPTY.with("l-1").with("l-2").hash());
    assertThat(selection.getCutOff()).isEqualTo(Map.of("0", 5L, "1", 7L));
    assertThat(selection.getFilter().getStatus()).isEqualTo(LetterStatus.OPEN);
    assertThat(selection.getFilter().getTarget()).isEqualTo("notion:query");
  }

  @Test
  void shouldOnlyCountWithoutYes() {
    var run = order("dismiss", "--target", "notion:query");

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).contains("Would be dismissed: 2 letters", "--yes does it");
    assertThat(run("audit", "--json").out()).isEmpty();
  }

  @Test
  void shouldSendIdsAtOnceAndItsArguments() {
    answering(1);

    var run = order("note", "l-1", "customer was called");
    order("categorize", "l-1", "l-1", "--category", "", "--severity", "low", "--add-tag", "a,b");

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(seen.get(0).getArguments()).isEqualTo(Map.of("note", "customer was called"));
    assertThat(seen.get(0).getSelection().getIds()).containsExactly("l-1");
    assertThat(seen.get(1).getSelection().getIds()).containsExactly("l-1");
    assertThat(seen.get(1).getArguments())
        .isEqualTo(Map.of("category", "", "severity", "LOW", "add-tags", "a,b"));
  }

  @Test
  void shouldFailWhenSomeWerePassedOver() {
    answering(1);

    var run = order("dismiss", "--target", "notion:query", "--yes", "--reason", "spam");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("1 of 2 letters was dismissed");
  }

  @Test
  void shouldNotWaitForTheEndWhenItIsToldSo() {
    answering(2);

    var run =
        order(
            "dismiss", "--target", "notion:query", "--yes", "--reason", "x", "--detach", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.outLines()).hasSize(1);
    assertThat(run.out()).containsAnyOf("ACCEPTED", "DONE");
  }

  @Test
  void shouldDoNothingToWhatIsNotThereOrCannotBeSeen() {
    var none = order("dismiss", "l-1", "l-9");
    INSTANCE.stubFor(
        get(urlPathEqualTo("/v1/desk-position"))
            .willReturn(
                okJson(
                    "{\"cutOff\":{\"0\":5,\"1\":7},\"partial\":true,\"missing\":"
                        + "[{\"instance\":null,\"partitions\":[2],\"why\":\"it is away\"}]}")));
    var partial = order("dismiss", "--target", "notion:query", "--yes", "--reason", "spam");

    assertThat(none.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(none.err()).contains("not there", "nothing was done");
    assertThat(partial.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(partial.err()).contains("lacks partition 2", "it is away", "nothing was done");
    assertThat(run("audit", "--json").out()).isEmpty();
  }

  private void command(String id, String name, String actor) {
    write(
        "commands",
        "",
        Command.newBuilder()
            .setCommandId(id)
            .setName(name)
            .setSubject("notion")
            .setActor(actor)
            .setIssuedAt(NOW)
            .build());
  }

  @Test
  void shouldShowTheAuditLog() {
    command("a", "circuit.reset", "ann");
    writeRaw("commands", "", "garbage".getBytes(StandardCharsets.UTF_8));
    command("a", "circuit.reset", "ann");
    command("b", "cache.clear", "bob");
    answer("a", CommandStatus.DONE, "closed", 1, Map.of());
    answer("", CommandStatus.REFUSED, "no Avro", 0, Map.of("coordinates", prefix + "commands-0-1"));
    answer("a", CommandStatus.DONE, "closed", 1, Map.of("repeated", "true"));

    var run = run("audit");
    var ofAnn = run("audit", "--actor", "ann", "--json");
    var last = run("audit", "--limit", "1");

    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.outLines()).hasSize(4);
    assertThat(run.outLines().get(1))
        .contains("ann", "circuit.reset", "notion", "DONE", "closed", "(came 2 times)");
    assertThat(run.outLines().get(2))
        .contains("(unreadable)", "record " + prefix.substring(0, 10), "REFUSED", "text");
    assertThat(run.outLines().get(3)).contains("bob", "cache.clear", "no answer yet");
    assertThat(ofAnn.outLines()).hasSize(1);
    assertThat(last.outLines()).hasSize(2).last().asString().contains("bob");
  }

  @Test
  void shouldFollowTheAuditLog() throws Exception {
    var following =
        CompletableFuture.supplyAsync(
            () -> run("audit", "--follow", "--since", "1h", "--limit", "3", "--json"));
    command("a", "letters.dismiss", "ann");
    answer("a", CommandStatus.ACCEPTED, "begun", 0, Map.of());
    command("b", "cache.clear", "bob");

    // the second without an answer
    CompletableFuture.delayedExecutor(5, TimeUnit.SECONDS)
        .execute(() -> answer("a", CommandStatus.DONE, "42 letters", 42, Map.of()));

    assertThat(following.get(60, TimeUnit.SECONDS).outLines())
        .satisfiesExactly(
            line -> assertThat(line).contains("\"result\":\"ACCEPTED\""),
            line -> assertThat(line).contains("cache.clear", "\"result\":null"),
            line -> assertThat(line).contains("\"result\":\"DONE\"", "\"affected\":42"));
  }

  @Test
  void shouldListAndPauseTargets() {
    answering(1);
    write(
        "fleet-state",
        "pause:notion:query",
        FleetState.newBuilder()
            .setWrittenAt(NOW)
            .setPause(
                TargetPause.newBuilder()
                    .setTarget("notion:query")
                    .setSince(Instant.parse("2026-11-22T12:00:00Z"))
                    .setActor("ann")
                    .setReason("quota")
                    .build())
            .build());

    var list = run("targets", "list");
    var json = run("targets", "list", "--json");
    var pause = run("targets", "pause", "slack:postMessage", "--reason", "quiet");

    assertThat(list.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(list.outLines())
        .anyMatch(
            line -> line.matches("notion:query +notion +no +2026-11-22T12:00:00Z +ann +quota"))
        .anyMatch(line -> line.matches("csv:log +csv +yes +- +- +-"));
    assertThat(json.out()).contains("\"target\":\"notion:query\",\"service\":\"notion\"");
    assertThat(pause.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(seen.get(0).getName()).isEqualTo("targets.pause");
    assertThat(seen.get(0).getSubject()).isEqualTo("slack:postMessage");
  }

  @Test
  void shouldRefuseToClearTheFailuresOfAServiceThatIsNotKnown() {
    var run = run("failures", "clear", "notoin");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("no service 'notoin'", "did you mean notion?");
  }
}
