package io.backstop.replay;

import static io.backstop.replay.Samples.ids;
import static io.backstop.replay.Samples.selection;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Command;
import io.backstop.action.LetterSet;
import io.backstop.action.OperationKind;
import io.backstop.action.OperationPlan;
import io.backstop.action.Selection;
import io.backstop.action.SelectionFilter;
import io.backstop.action.Severity;
import io.backstop.executor.Targets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedTest {
  private static final Targets TARGETS = Targets.load();

  private static Asked asked(String name, Map<String, String> arguments, Selection selection) {
    Command command =
        Samples.command("op", name).setArguments(arguments).setSelection(selection).build();
    return Asked.of(command, TARGETS);
  }

  private static Asked asked(String name, Map<String, String> arguments) {
    return asked(name, arguments, selection(ids(0, 2)));
  }

  private static String refusal(Asked asked) {
    assertThat(asked).isInstanceOf(Asked.Refused.class);
    return ((Asked.Refused) asked).reason();
  }

  private static String refusal(Selection selection) {
    return refusal(asked("replay.start", Map.of(), selection));
  }

  @Test
  void shouldReplayWithARampAndCautionWhereNothingElseIsSaid() {
    Asked.Start start = (Asked.Start) asked("replay.start", Map.of());

    assertThat(start.rate()).isNull();
    assertThat(start.ramp()).isTrue();
    assertThat(start.abortAbove()).isEqualTo(0.2);
    assertThat(start.plan())
        .isEqualTo(
            OperationPlan.newBuilder()
                .setKind(OperationKind.REPLAY)
                .setActor("ann")
                .setReason("drill")
                .setMaxGeneration(5)
                .build());
  }

  @Test
  void shouldTakeEveryArgumentOfAReplay() {
    Asked.Start start =
        (Asked.Start)
            asked(
                "replay.start",
                Map.of(
                    "rate", "2.5",
                    "ramp", "false",
                    "abort-above", "0",
                    "max-generation", "7",
                    "to", "google-tasks:create",
                    "patch", "{\"title\":null}",
                    "force-new-generation", "true"));

    assertThat(start.rate()).isEqualTo(2.5);
    assertThat(start.ramp()).isFalse();
    assertThat(start.abortAbove()).isZero();
    assertThat(start.plan().getMaxGeneration()).isEqualTo(7);
    assertThat(start.plan().getTo()).isEqualTo("google-tasks:create");
    assertThat(start.plan().getPatch()).isEqualTo("{\"title\":null}");
    assertThat(start.plan().getForceNewGeneration()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rate           | 0        | rate is '0': give letters a second, 0.001 to 1000000, for example 12.5
          rate           | -1       | rate is '-1': give letters a second, 0.001 to 1000000, for example 12.5
          rate           | NaN      | rate is 'NaN': give letters a second, 0.001 to 1000000, for example 12.5
          rate           | 5/s      | rate is '5/s': give letters a second, 0.001 to 1000000, for example 12.5
          ramp           | yes      | ramp is 'yes': give true or false
          abort-above    | 20       | abort-above is '20': give a share from 0 to 1, for example 0.2
          abort-above    | 20%      | abort-above is '20%': give a share from 0 to 1, for example 0.2
          max-generation | 0        | max-generation is '0': give a whole number from 1 to 100
          max-generation | 2.5      | max-generation is '2.5': give a whole number from 1 to 100
          patch          | [1]      | patch is '[1]': give a JSON merge patch, which is an object, for example {"title": "another"}
          patch          | {"a":    | patch is '{"a":': give a JSON merge patch, which is an object, for example {"title": "another"}
          """)
  void shouldNameTheArgumentThatIsWrongAndWhatIsAllowed(String name, String value, String message) {
    assertThat(refusal(asked("replay.start", Map.of(name, value)))).isEqualTo(message);
  }

  @Test
  void shouldSuggestTheNearestArgument() {
    assertThat(refusal(asked("replay.start", Map.of("abort-abov", "0.1"))))
        .startsWith("there is no argument 'abort-abov': did you mean abort-above? replay.start")
        .contains("takes abort-above, force-new-generation, max-generation");
    assertThat(refusal(asked("letters.dismiss", Map.of("why", "old"))))
        .isEqualTo("there is no argument 'why': letters.dismiss takes none");
  }

  @Test
  void shouldNameEverythingThatIsWrongAtOnce() {
    assertThat(refusal(asked("replay.start", Map.of("rate", "x", "ramp", "y"))))
        .contains("rate is 'x'")
        .contains("; ramp is 'y'");
  }

  @Test
  void shouldTakeOnlyTargetsThatOthersCanBeSentTo() {
    assertThat(refusal(asked("replay.start", Map.of("to", "google-tasks:creat"))))
        .startsWith("to is 'google-tasks:creat': there is no such target; did you mean")
        .contains("google-tasks:create?");
    assertThat(refusal(asked("replay.start", Map.of("to", "notion:query"))))
        .startsWith("to is 'notion:query': it works on what is there already");
    assertThat(
            refusal(
                asked(
                    "replay.start",
                    Map.of("to", "google-tasks:create", "only-failed-step", "true"))))
        .startsWith("to and only-failed-step both say where to go");
  }

  @Test
  void shouldRefuseASelectionThatDoesNotSayWhatItSelects() {
    LetterSet set = Samples.set(3);
    Selection filtered = selection(set);

    assertThat(refusal((Selection) null)).startsWith("selection is missing");
    assertThat(refusal(Selection.newBuilder().setCount(1).setHash(set.hash()).build()))
        .startsWith("selection names letters in 0 ways");
    assertThat(refusal(Selection.newBuilder(filtered).setStaged(true).build()))
        .startsWith("selection names letters in 2 ways");
    assertThat(refusal(Selection.newBuilder(filtered).setCount(0).build()))
        .startsWith("selection has count 0");
    assertThat(refusal(Selection.newBuilder(filtered).setHash("abc").build()))
        .startsWith("selection has a hash that is none");
    assertThat(refusal(Selection.newBuilder(filtered).setCutOff(Map.of()).build()))
        .startsWith("selection has a filter without cutOff");
    assertThat(refusal(Selection.newBuilder(filtered).setCutOff(Map.of("x", 1L)).build()))
        .startsWith("selection has a cutOff of 1 for partition 'x'");
    assertThat(refusal(selection(List.of("a", "a")))).startsWith("selection has an id twice");
    assertThat(refusal(Selection.newBuilder(selection(ids(0, 2))).setIds(ids(1, 2)).build()))
        .startsWith("selection has count 2 and hash");
  }

  @Test
  void shouldTakeStagedRequestsForReplaysOnly() {
    Selection staged =
        Selection.newBuilder().setStaged(true).setCount(1).setHash(Samples.set(1).hash()).build();

    assertThat(asked("replay.start", Map.of(), staged)).isInstanceOf(Asked.Start.class);
    assertThat(refusal(asked("letters.dismiss", Map.of(), staged)))
        .isEqualTo("selection is of staged requests: only replay.start takes these");
  }

  @Test
  void shouldTakeWhatCategorizeChanges() {
    Asked.Start start =
        (Asked.Start)
            asked(
                "letters.categorize",
                Map.of(
                    "category", "",
                    "severity", "high",
                    "add-tags", "one, two,one",
                    "remove-tags", "old"));

    assertThat(start.plan().getKind()).isEqualTo(OperationKind.CATEGORIZE);
    assertThat(start.plan().getCategory()).isEmpty();
    assertThat(start.plan().getSeverity()).isEqualTo(Severity.HIGH);
    assertThat(start.plan().getAddTags()).containsExactly("one", "two");
    assertThat(start.plan().getRemoveTags()).containsExactly("old");
  }

  @Test
  void shouldBoundWhatIsWrittenOnLetters() {
    String tags = String.join(",", ids(0, 21));

    assertThat(refusal(asked("letters.categorize", Map.of())))
        .startsWith("nothing to change is given");
    assertThat(refusal(asked("letters.categorize", Map.of("category", "x".repeat(101)))))
        .contains("give at most 100 characters on one line");
    assertThat(refusal(asked("letters.categorize", Map.of("severity", "urgent"))))
        .isEqualTo("severity is 'urgent': give LOW, MEDIUM, HIGH or CRITICAL");
    assertThat(refusal(asked("letters.categorize", Map.of("add-tags", tags))))
        .startsWith("add-tags has 21 words");
    assertThat(refusal(asked("letters.categorize", Map.of("add-tags", "a,,b"))))
        .startsWith("add-tags is ''");
    assertThat(refusal(asked("letters.categorize", Map.of("add-tags", "x".repeat(51)))))
        .contains("each of 1 to 50 characters");
    assertThat(refusal(asked("letters.categorize", Map.of("add-tags", "a", "remove-tags", "a"))))
        .isEqualTo("add-tags and remove-tags both have 'a'");
    assertThat(refusal(asked("letters.note", Map.of()))).startsWith("note is missing");
    assertThat(refusal(asked("letters.note", Map.of("note", "x".repeat(2_001)))))
        .isEqualTo("note has 2001 characters: give at most 2000");
  }

  @Test
  void shouldTakeANoteAndReadAFilter() {
    Selection filtered =
        Selection.newBuilder(selection(Samples.set(3)))
            .setFilter(SelectionFilter.newBuilder().build())
            .build();

    Asked.Start start =
        (Asked.Start) asked("letters.note", Map.of("note", " seen by the team "), filtered);

    assertThat(start.plan().getNote()).isEqualTo("seen by the team");
    assertThat(start.ramp()).isFalse();
  }
}
