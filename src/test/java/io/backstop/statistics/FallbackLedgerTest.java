package io.backstop.statistics;

import static io.backstop.statistics.Samples.CSV;
import static io.backstop.statistics.Samples.NOW;
import static io.backstop.statistics.Samples.PRIMARY;
import static io.backstop.statistics.Samples.TRELLO;
import static io.backstop.statistics.Samples.report;
import static io.backstop.statistics.Samples.use;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.FallbackReport;
import io.backstop.action.FallbackStatistics;
import io.backstop.action.FallbackUse;
import io.backstop.action.FleetState;
import io.backstop.action.LedgerLine;
import io.backstop.action.MessagePayload;
import io.backstop.action.Priority;
import io.backstop.action.StoreNames;
import io.backstop.serde.StateSerde;
import io.backstop.testing.TestConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FallbackLedgerTest {
  private static final long MINUTE = 60_000;

  @TempDir private Path directory;
  private MockProcessorContext<String, SpecificRecord> context;
  private Processor<String, FallbackReport, String, SpecificRecord> ledger;

  @BeforeEach
  void start() {
    startWith(
        "backstop.notifications.target",
        "email:notification",
        "backstop.notifications.recipients",
        "team@example.org");
  }

  private void startWith(String... settings) {
    context = new MockProcessorContext<>(new Properties(), new TaskId(1, 0), directory.toFile());
    context.setCurrentSystemTimeMs(NOW);
    ledger = ledger(settings);
    takeStore();
    ledger.init(context);
  }

  private static Processor<String, FallbackReport, String, SpecificRecord> ledger(
      String... settings) {
    return FallbackLedger.supplier(
            new Notifications(TestConfig.with(settings)),
            new FallbackLedger.Children("states", "requests"))
        .get();
  }

  private void takeStore() {
    var store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(StoreNames.FALLBACK_LEDGER),
                Serdes.String(),
                new StateSerde<>(LedgerLine.class))
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  @Test
  void shouldNotifyTheTeamByAnOrdinaryRequestThatHasNoFallback() {
    told(NOW, use(TRELLO, 1, 0));

    Record<String, SpecificRecord> sent = only(forwarded("requests"));
    ActionRequest request = (ActionRequest) sent.value();
    assertThat(sent.key()).isEqualTo(request.getIdempotencyKey()).startsWith("notification-");
    assertThat(sent.headers().lastHeader("backstop-notification")).isNotNull();
    assertThat(request.getRequestId()).isEqualTo(request.getIdempotencyKey());
    assertThat(request.getAction()).isEqualTo("email:notification");
    assertThat(request.getSubmitter()).isEqualTo("backstop");
    assertThat(request.getPriority()).isEqualTo(Priority.LOW);
    assertThat(request.getPolicy().getFallbackSteps()).isEmpty();
    assertThat(request.getDeadline().toEpochMilli()).isEqualTo(NOW + 60 * MINUTE);
    MessagePayload message = (MessagePayload) request.getPayload();
    assertThat(message.getRecipients()).containsExactly("team@example.org");
    assertThat(message.getSubject())
        .isEqualTo("Backstop: notion:createPage fails, trello:createCard stands in");
  }

  @Test
  void shouldSayInTheNextNotificationWhatWasSuppressed() {
    told(NOW, use(TRELLO, 1, 0));
    told(NOW + MINUTE, use(TRELLO, 1_200, 3));
    told(NOW + 5 * MINUTE, use(TRELLO, 2, 0));

    List<Record<String, SpecificRecord>> sent = forwarded("requests");
    assertThat(sent).hasSize(2).extracting(Record::key).doesNotHaveDuplicates();
    var message = (MessagePayload) ((ActionRequest) sent.get(1).value()).getPayload();
    assertThat(message.getText())
        .contains("Requests since the last notification at 2026-02-25 06:13:20 UTC: 1,202")
        .contains("because the last notification was shortly before: 1,200 of them")
        .contains("Why notion:createPage failed last: down")
        .contains("5 minutes from now at the earliest");
  }

  @Test
  void shouldNotifyNobodyWhereNoTargetIsConfigured() {
    startWith();

    told(NOW, use(TRELLO, 1, 0));
    tick(0, NOW + 1_000);

    assertThat(forwarded("requests")).isEmpty();
    assertThat(only(statistics()).getAll().getTotal()).isEqualTo(1);
  }

  @Test
  void shouldPublishOnlyWhatHasChangedAndAtMostOncePerSecond() {
    tick(0, NOW);
    told(NOW, use(TRELLO, 1, 0));
    told(NOW + 1, use(CSV, 1, 0));
    tick(0, NOW + 1_000);
    tick(0, NOW + 2_000);

    assertThat(only(forwarded("states")).key()).isEqualTo("fallbacks");
    assertThat(only(statistics()).getAll().getTotal()).isEqualTo(2);
    assertThat(context.scheduledPunctuators().get(0).getInterval())
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void shouldGoOnFromItsStoreAndPublishWhatTheOwnerBeforeMayNotHave() {
    told(NOW, use(TRELLO, 4, 0));
    ledger = ledger("backstop.notifications.target", "email:notification");
    ledger.init(context);
    told(NOW + MINUTE, use(TRELLO, 3, 0));
    tick(1, NOW + MINUTE);

    assertThat(forwarded("requests")).hasSize(1);
    FallbackStatistics statistics = only(statistics());
    assertThat(statistics.getByPrimaryAction().get(PRIMARY).getSucceeded()).isEqualTo(7);
    assertThat(statistics.getNotificationsSent()).isEqualTo(1);
    assertThat(statistics.getNotificationsSuppressed()).isEqualTo(3);
  }

  @Test
  void shouldDecideAnewWhatATransactionThatFailedHadDecided() {
    told(NOW, use(TRELLO, 4, 0));
    ledger.close();
    context = new MockProcessorContext<>(new Properties(), new TaskId(1, 0), directory.toFile());
    takeStore();
    ledger.init(context);
    told(NOW, use(TRELLO, 4, 0));
    tick(0, NOW + 1_000);

    assertThat(forwarded("requests")).hasSize(1);
    assertThat(only(statistics()).getAll().getTotal()).isEqualTo(4);
  }

  private void told(long now, FallbackUse... uses) {
    context.setCurrentSystemTimeMs(now);
    ledger.process(new Record<>("0", report(uses), now));
  }

  private void tick(int punctuator, long now) {
    context.scheduledPunctuators().get(punctuator).getPunctuator().punctuate(now);
  }

  private List<Record<String, SpecificRecord>> forwarded(String child) {
    return context.forwarded(child).stream()
        .map(forward -> forward.record())
        .map(
            each ->
                new Record<String, SpecificRecord>(
                    each.key(), each.value(), each.timestamp(), each.headers()))
        .toList();
  }

  private List<FallbackStatistics> statistics() {
    return forwarded("states").stream()
        .map(state -> ((FleetState) state.value()).getFallbacks())
        .toList();
  }

  private static <T> T only(List<T> items) {
    assertThat(items).hasSize(1);
    return items.get(0);
  }
}
