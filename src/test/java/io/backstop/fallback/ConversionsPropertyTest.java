package io.backstop.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.FilePayload;
import io.backstop.action.MessagePayload;
import io.backstop.action.PayloadConversion.Converted;
import io.backstop.action.PayloadFamily;
import io.backstop.action.ServiceName;
import io.backstop.action.TablePayload;
import io.backstop.action.TaskPayload;
import io.backstop.executor.Targets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;

/** What holds for every request and every fallback target. */
class ConversionsPropertyTest {
  private static final Targets BUILT_IN = Targets.load();

  /** How a loss of each field begins; a field's own name where it is not here. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("taskId", "task id"),
          Map.entry("dueAt", "due"),
          Map.entry("properties", "further properties"),
          Map.entry("html", "HTML version"),
          Map.entry("messageId", "message id"),
          Map.entry("threadId", "thread"),
          Map.entry("content", "file content"),
          Map.entry("rows", "cell types"),
          Map.entry("parseInput", "reading of cells"));

  private final Conversions conversions = SampleRequests.withAllPlaces();

  @Property
  void shouldCarryEveryFieldOrNameItsLoss(
      @ForAll("requests") ActionRequest request, @ForAll("targets") String target) {
    Converted converted = convert(request, target);

    if (converted instanceof Converted.Ready ready) {
      String carried = text(ready.request().getPayload());
      for (String field : given(request)) {
        boolean isCarried = isCarried(request, field, carried);
        boolean isNamed = ready.losses().stream().anyMatch(loss -> loss.startsWith(word(field)));
        assertThat(isCarried || isNamed)
            .as("%s to %s: %s in %s or %s", request, target, field, carried, ready.losses())
            .isTrue();
      }
    }
  }

  @Property
  void shouldInventNoLoss(
      @ForAll("requests") ActionRequest request, @ForAll("targets") String target) {
    Converted converted = convert(request, target);

    if (converted instanceof Converted.Ready ready) {
      List<String> given = given(request).stream().map(ConversionsPropertyTest::word).toList();
      assertThat(ready.losses())
          .allMatch(loss -> given.stream().anyMatch(loss::startsWith))
          .doesNotHaveDuplicates();
    }
  }

  @Property
  void shouldNotTakePlacesOfOneServiceForThoseOfAnother(
      @ForAll("requests") ActionRequest request, @ForAll("targets") String target) {
    Converted converted = convert(request, target);

    if (converted instanceof Converted.Ready ready
        && !ServiceName.service(target).equals(ServiceName.service(request.getAction()))) {
      assertThat(places(ready.request().getPayload(), target))
          .isSubsetOf("db1", "list1", "@default", "C1", "ops@example.com", "sheet1", "Log!A1");
    }
  }

  @Property
  void shouldMakeWhatTheTargetAccepts(
      @ForAll("requests") ActionRequest request, @ForAll("targets") String target) {
    Converted converted = convert(request, target);

    if (converted instanceof Converted.Ready ready
        && !ServiceName.service(target).equals(ServiceName.service(request.getAction()))) {
      assertThat(PayloadFamily.of(ready.request().getPayload()))
          .isEqualTo(SampleRequests.FALLBACKS.get(target));
      BUILT_IN
          .find(target)
          .ifPresent(
              executor -> assertThat(executor.problems(ready.request())).as(target).isEmpty());
    }
  }

  @Property
  void shouldChangeNothingButActionAndPayload(
      @ForAll("requests") ActionRequest request, @ForAll("targets") String target) {
    Converted converted = convert(request, target);

    if (converted instanceof Converted.Ready ready) {
      ActionRequest back =
          ActionRequest.newBuilder(ready.request())
              .setAction(request.getAction())
              .setPayload(request.getPayload())
              .build();
      assertThat(back).isEqualTo(request);
    }
  }

  @Property
  void shouldRefuseQuestionsOnly(
      @ForAll("requests") ActionRequest request, @ForAll("targets") String target) {
    Converted converted = convert(request, target);

    if (converted instanceof Converted.Refused) {
      assertThat(PayloadFamily.of(request.getPayload())).isEqualTo(PayloadFamily.QUERY);
    }
  }

  private Converted convert(ActionRequest request, String target) {
    return conversions.convert(request, target, SampleRequests.FALLBACKS.get(target));
  }

  private static String word(String field) {
    return WORDS.getOrDefault(field, field);
  }

  /** Fields that differ from their default. */
  private static List<String> given(ActionRequest request) {
    IndexedRecord payload = (IndexedRecord) request.getPayload();
    return payload.getSchema().getFields().stream()
        .filter(
            field ->
                !field.hasDefaultValue()
                    || !Objects.equals(
                        payload.get(field.pos()), SpecificData.get().getDefaultValue(field)))
        .map(field -> field.name())
        .toList();
  }

  private static boolean isCarried(ActionRequest request, String field, String carried) {
    if (field.equals("content") && carried.contains("dGhlLWNvbnRlbnQ=")) {
      return true; // in Base64
    }
    return field.equals("parseInput")
        ? carried.matches("(?s).*(parseInput\\W+true|as typed).*")
        : texts(request, field).stream().allMatch(carried::contains);
  }

  /** What must be found of a field for it to be carried. */
  private static List<String> texts(ActionRequest request, String field) {
    IndexedRecord payload = (IndexedRecord) request.getPayload();
    Object value = payload.get(payload.getSchema().getField(field).pos());
    if (value instanceof List<?> items) {
      List<String> all = new ArrayList<>();
      for (Object item : items) {
        if (item instanceof List<?> row) {
          row.forEach(cell -> all.add(cell.toString()));
        } else {
          all.add(item.toString());
        }
      }
      return all;
    } else if (value instanceof Map<?, ?> map) {
      return map.values().stream().map(Object::toString).toList();
    } else if (value instanceof ByteBuffer bytes) {
      return List.of(StandardCharsets.UTF_8.decode(bytes.duplicate()).toString());
    }
    return List.of(value.toString().replace("\"", "\\\""));
  }

  private static String text(Object payload) {
    String content =
        payload instanceof FilePayload file
            ? StandardCharsets.UTF_8.decode(file.getContent().duplicate()).toString()
            : "";
    return payload.toString().replace("\\/", "/") + content;
  }

  private static Set<String> places(Object payload, String target) {
    List<String> places = new ArrayList<>();
    if (payload instanceof TaskPayload task) {
      places.add(task.getContainer());
      places.add(task.getTaskId());
    } else if (payload instanceof TablePayload table) {
      places.add(table.getDocument());
      places.add(table.getRange());
    } else if (payload instanceof FilePayload file) {
      places.add(file.getFolder());
    } else if (payload instanceof MessagePayload message
        && Set.of("slack:postMessage", "acme:message").contains(target)) {
      places.addAll(message.getRecipients());
      places.add(message.getThreadId());
    }
    places.removeIf(Objects::isNull);
    return Set.copyOf(places);
  }

  @Provide
  Arbitrary<ActionRequest> requests() {
    return SampleRequests.any();
  }

  @Provide
  Arbitrary<String> targets() {
    return Arbitraries.of(SampleRequests.FALLBACKS.keySet());
  }
}
