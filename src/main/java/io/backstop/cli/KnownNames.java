package io.backstop.cli;

import io.backstop.action.EventType;
import io.backstop.action.FailureClass;
import io.backstop.action.LetterStatus;
import io.backstop.action.ReasonCode;
import io.backstop.action.Severity;
import io.backstop.config.NearestName;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Constants of an enum as options take and show them, in any case: all but the one that stands for
 * what a newer version has written.
 */
abstract class KnownNames<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {
  private static final String NEWER = "UNKNOWN";

  private final Class<E> type;

  KnownNames(Class<E> type) {
    this.type = type;
  }

  static final class FailureClasses extends KnownNames<FailureClass> {
    FailureClasses() {
      super(FailureClass.class);
    }
  }

  static final class ReasonCodes extends KnownNames<ReasonCode> {
    ReasonCodes() {
      super(ReasonCode.class);
    }
  }

  static final class LetterStatuses extends KnownNames<LetterStatus> {
    LetterStatuses() {
      super(LetterStatus.class);
    }
  }

  static final class Severities extends KnownNames<Severity> {
    Severities() {
      super(Severity.class);
    }
  }

  static final class EventTypes extends KnownNames<EventType> {
    EventTypes() {
      super(EventType.class);
    }
  }

  static boolean isReasonCode(String text) {
    return new ReasonCodes().names().contains(text);
  }

  final List<String> names() {
    return Stream.of(type.getEnumConstants())
        .map(Enum::name)
        .filter(name -> !name.equals(NEWER))
        .toList();
  }

  @Override
  public Iterator<String> iterator() {
    return names().iterator();
  }

  @Override
  public E convert(String value) {
    String name = value.toUpperCase(Locale.ROOT);
    if (names().contains(name)) {
      return Enum.valueOf(type, name);
    }
    String hint =
        NearestName.of(name, names())
            .map(nearest -> "did you mean " + nearest + "?")
            .orElse("known are " + String.join(", ", names()));
    throw new TypeConversionException("'" + value + "' is unknown: " + hint);
  }
}
