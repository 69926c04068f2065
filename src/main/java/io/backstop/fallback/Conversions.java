package io.backstop.fallback;

import io.backstop.action.ActionRequest;
import io.backstop.action.FilePayload;
import io.backstop.action.GenericPayload;
import io.backstop.action.MessagePayload;
import io.backstop.action.PayloadConversion;
import io.backstop.action.PayloadFamily;
import io.backstop.action.QueryPayload;
import io.backstop.action.ServiceName;
import io.backstop.action.TablePayload;
import io.backstop.action.TaskPayload;
import io.backstop.config.FallbackPlace;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Converts field by field inside a family, and to text for any other. Ids and places of one service
 * never become those of another: places come from {@code backstop.fallback.targets}. Immutable.
 */
public final class Conversions implements PayloadConversion {
  /** Services that keep what they are given for a person to read. */
  private static final Set<String> LOGS = Set.of("csv", "file", "local", "console");

  private final Function<String, Optional<FallbackPlace>> places;

  /**
   * @param places where fallbacks put things, by target
   */
  public Conversions(Map<String, FallbackPlace> places) {
    this(target -> Optional.ofNullable(places.get(target)));
  }

  private Conversions(Function<String, Optional<FallbackPlace>> places) {
    this.places = places;
  }

  /** As if every place were configured: what still cannot be converted never can. */
  static Conversions anywhere() {
    return new Conversions(target -> Optional.of(AnyPlace.INSTANCE));
  }

  @Override
  public Converted convert(ActionRequest request, String target, PayloadFamily family) {
    Place place = new Place(target, places.apply(target));
    Conversion conversion = new Conversion(request, place, new Losses());
    try {
      Object payload = payload(conversion, family);
      return new Converted.Ready(
          withPayload(request, target, payload), conversion.losses().found());
    } catch (NotConvertible e) {
      return new Converted.Refused(e.getMessage());
    }
  }

  private static Object payload(Conversion conversion, PayloadFamily family) {
    Object payload = conversion.request().getPayload();
    if (PayloadFamily.of(payload) != family) {
      return ofOtherFamily(conversion, family);
    } else if (payload instanceof TaskPayload task) {
      return TaskConversion.convert(task, conversion);
    } else if (payload instanceof MessagePayload message) {
      return MessageConversion.convert(message, conversion);
    } else if (payload instanceof FilePayload file) {
      return FileConversion.convert(file, conversion);
    } else if (payload instanceof TablePayload table) {
      return TableConversion.convert(table, conversion);
    } else if (payload instanceof QueryPayload && !conversion.isSameService()) {
      throw noQuestion(conversion);
    }
    return payload;
  }

  private static Object ofOtherFamily(Conversion conversion, PayloadFamily family) {
    if (family == PayloadFamily.GENERIC) {
      return new GenericPayload(PayloadJson.of(conversion.request()));
    }
    boolean asks = conversion.request().getPayload() instanceof QueryPayload;
    if (family == PayloadFamily.QUERY || asks && !LOGS.contains(conversion.service())) {
      throw noQuestion(conversion);
    }
    Words words = Words.of(conversion);
    return switch (family) {
      case TASK -> TaskConversion.ofWords(words, conversion);
      case MESSAGE -> MessageConversion.ofWords(words, conversion);
      case FILE -> FileConversion.ofWords(words, conversion);
      case TABLE -> TableConversion.ofWords(words, conversion);
      case QUERY, GENERIC -> throw new IllegalStateException("no text for " + family);
    };
  }

  private static NotConvertible noQuestion(Conversion conversion) {
    return new NotConvertible(
        conversion.request().getPayload() instanceof QueryPayload
            ? "a question to %s cannot be answered by %s: use cached-result or default-value"
                .formatted(ServiceName.of(conversion.origin()), conversion.target())
            : "%s asks a question, and a %s is none"
                .formatted(
                    conversion.target(),
                    PayloadFamily.of(conversion.request().getPayload()).recordName()));
  }

  private static ActionRequest withPayload(ActionRequest request, String target, Object payload) {
    return new ActionRequest(
        request.getRequestId(),
        target,
        payload,
        request.getIdempotencyKey(),
        request.getPriority(),
        request.getSubmitter(),
        request.getDeadline(),
        request.getPolicy());
  }
}
