package io.backstop.fallback;

import io.backstop.action.FailureClass;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Failure classes as people write them: VALIDATION, rate-limited. */
final class FailureNames {
  private FailureNames() {}

  /** Empty for a name that is none. */
  static Optional<FailureClass> find(String name) {
    String wanted = name.strip().replace('-', '_').toUpperCase(Locale.ROOT);
    return Stream.of(FailureClass.values())
        .filter(each -> each.name().equals(wanted) && each != FailureClass.UNKNOWN)
        .findFirst();
  }

  static List<String> all() {
    return Stream.of(FailureClass.values())
        .filter(each -> each != FailureClass.UNKNOWN)
        .map(FailureClass::name)
        .toList();
  }
}
