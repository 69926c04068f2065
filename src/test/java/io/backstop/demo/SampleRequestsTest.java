package io.backstop.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.executor.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SampleRequestsTest {
  private final Targets targets = Targets.load();
  private final SampleRequests sample = SampleRequests.bundled(targets);

  /** The demo meets the others as fallbacks. */
  private List<String> ofTheSixServices() {
    var services = Set.of("notion", "trello", "slack", "drive", "sheets", "gmail");
    return targets.names().stream()
        .filter(name -> services.contains(name.substring(0, name.indexOf(':'))))
        .toList();
  }

  private List<DemoRequest> all() {
    return Stream.concat(sample.first().stream(), sample.repeats().stream()).toList();
  }

  private static List<String> keys(List<DemoRequest> requests) {
    return requests.stream().map(DemoRequest::idempotencyKey).flatMap(Optional::stream).toList();
  }

  @Test
  void shouldCoverAllActionsOfTheSixServicesWithAboutFortyRequests() {
    assertThat(all()).hasSizeBetween(38, 45);
    assertThat(all()).extracting(DemoRequest::label).containsAll(ofTheSixServices());
  }

  @Test
  void shouldGiveEachRequestAnIdOfItsOwn() {
    assertThat(all().stream().map(DemoRequest::requestId).flatMap(Optional::stream))
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldHoldOneInvalidAndOneUndecodableRecord() {
    assertThat(all().stream().filter(each -> each.idempotencyKey().isEmpty()))
        .hasSize(2)
        .anyMatch(each -> each instanceof DemoRequest.PlainJson)
        .anyMatch(each -> each instanceof DemoRequest.Readable readable && !readable.valid());
  }

  @Test
  void shouldRepeatAKeyWhileItIsInFlightAndWhenItHasFinished() {
    Map<String, Long> atOnce =
        keys(sample.first()).stream()
            .collect(Collectors.groupingBy(key -> key, Collectors.counting()));

    assertThat(atOnce.values()).contains(2L);
    assertThat(atOnce.keySet()).containsAll(keys(sample.repeats()));
  }

  @Test
  void shouldGenerateTheSameRequestsEveryTime() {
    assertThat(generated(300)).isEqualTo(generated(300));
  }

  @Test
  void shouldGenerateAllActionsOfTheSixServicesSomeDuplicatesAndNothingInvalid() {
    List<DemoRequest> generated = generated(500);

    List<String> keys = keys(generated);
    assertThat(keys).hasSize(500);
    assertThat(keys.stream().distinct().count()).isBetween(480L, 498L);
    assertThat(generated).extracting(DemoRequest::label).containsAll(ofTheSixServices());
    assertThat(generated.stream().map(DemoRequest::requestId)).doesNotHaveDuplicates();
  }

  private List<DemoRequest> generated(int count) {
    var requests = new GeneratedRequests(targets);
    var list = new ArrayList<DemoRequest>();
    for (int index = 0; index < count; index++) {
      list.add(requests.next());
    }
    return list;
  }
}
