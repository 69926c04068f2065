package io.backstop.config;

import io.backstop.action.FailureClass;
import io.smallrye.config.common.utils.StringUtil;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A policy as settings, in the words in which it is configured. */
public final class SettingsInForce {
  private SettingsInForce() {}

  /**
   * Values by key as below {@code backstop.services.<service>}; what is not limited has none.
   * Changing a scope by all of these gives the same policy.
   */
  public static SortedMap<String, String> of(ScopePolicy policy) {
    var settings = new TreeMap<String, String>();
    add("", policy, settings);
    return settings;
  }

  private static void add(String prefix, Record group, SortedMap<String, String> settings) {
    for (RecordComponent component : group.getClass().getRecordComponents()) {
      String key = prefix + StringUtil.skewer(component.getName());
      Object value = value(group, component);
      if (value instanceof Record inner) {
        add(key + ".", inner, settings);
      } else if (!OptionalDouble.empty().equals(value)) {
        settings.put(key, text(value));
      }
    }
  }

  private static Object value(Record group, RecordComponent component) {
    try {
      return component.getAccessor().invoke(group);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private static String text(Object value) {
    if (value instanceof Collection<?> items) {
      return items.stream().map(SettingsInForce::text).sorted().collect(Collectors.joining(","));
    } else if (value instanceof OptionalDouble number) {
      return Double.toString(number.getAsDouble());
    } else if (value instanceof Duration duration) {
      return text(duration);
    } else if (value instanceof FailureClass failureClass) {
      return failureClass.name();
    } else if (value instanceof Enum<?> choice) {
      return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
    return value.toString();
  }

  /** In the largest unit in which it is a whole number. */
  private static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1_000 != 0 || millis == 0) {
      return millis + "ms";
    } else if (millis % 60_000 != 0) {
      return millis / 1_000 + "s";
    }
    return millis % 3_600_000 != 0 ? millis / 60_000 + "m" : millis / 3_600_000 + "h";
  }
}
