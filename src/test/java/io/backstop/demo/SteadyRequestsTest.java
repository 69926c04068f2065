package io.backstop.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.executor.Targets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SteadyRequestsTest {
  private final Targets targets = Targets.load();

  private List<DemoRequest.Readable> some(String name) {
    var requests = new SteadyRequests(targets, name);
    return Stream.generate(requests::next).limit(60).map(DemoRequest.Readable.class::cast).toList();
  }

  @Test
  void shouldGiveEachRequestAKeyOfItsOwnAndBeValid() {
    var all =
        Stream.concat(some("outage-notion").stream(), some("outage-others").stream()).toList();

    assertThat(all).allMatch(DemoRequest.Readable::valid);
    assertThat(all).extracting(DemoRequest.Readable::idempotencyKey).doesNotHaveDuplicates();
    assertThat(all).extracting(DemoRequest.Readable::requestId).doesNotHaveDuplicates();
  }

  @Test
  void shouldAskNotionTheSameFewQueriesOverAndOver() {
    var queries =
        some("outage-notion").stream().filter(each -> each.label().equals("notion:query")).toList();

    assertThat(queries).hasSize(30);
    assertThat(queries.stream().map(each -> each.parsed().request().getPayload()).distinct())
        .hasSize(3);
  }

  @Test
  void shouldLeaveNotionOutAmongTheOthers() {
    assertThat(some("outage-others")).noneMatch(each -> each.label().startsWith("notion:"));
  }
}
