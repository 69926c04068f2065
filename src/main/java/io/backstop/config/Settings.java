package io.backstop.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.common.utils.StringUtil;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Every setting that a mapping interface declares, read by reflection, so that validation and the
 * reference page follow the interfaces by themselves.
 */
final class Settings {
  private final List<Setting> all = new ArrayList<>();

  private Settings() {}

  /** In the order of the keys. */
  static List<Setting> of(Class<?> mapping) {
    var settings = new Settings();
    settings.addGroup(mapping.getAnnotation(ConfigMapping.class).prefix(), mapping);
    return settings.all.stream().sorted(Comparator.comparing(Setting::key)).toList();
  }

  private void addGroup(String prefix, Class<?> group) {
    Arrays.stream(group.getMethods())
        .filter(method -> method.getParameterCount() == 0)
        .forEach(
            method ->
                add(prefix + "." + name(method), method, method.getGenericReturnType(), true));
  }

  private void add(String key, Method method, Type type, boolean required) {
    if (type == OptionalDouble.class) {
      add(key, method, double.class, false);
    } else if (type == OptionalInt.class) {
      add(key, method, int.class, false);
    } else if (type == OptionalLong.class) {
      add(key, method, long.class, false);
    } else if (type instanceof ParameterizedType generic
        && generic.getRawType() == Optional.class) {
      add(key, method, generic.getActualTypeArguments()[0], false);
    } else if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
      add(key + ".*", method, generic.getActualTypeArguments()[1], false);
    } else if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      all.add(setting(key, method, ValueType.TEXT, required));
    } else if (type instanceof ParameterizedType generic && generic.getRawType() == Set.class) {
      var choice = (Class<?>) generic.getActualTypeArguments()[0];
      all.add(setting(key, method, ValueType.choices(choice), required));
    } else if (isGroup((Class<?>) type)) {
      addGroup(key, (Class<?>) type);
    } else {
      all.add(setting(key, method, valueType(method, (Class<?>) type), required));
    }
  }

  private static boolean isGroup(Class<?> type) {
    return type.isInterface();
  }

  private static ValueType valueType(Method method, Class<?> type) {
    var converter = method.getAnnotation(WithConverter.class);
    return converter != null && converter.value() == ByteSizeConverter.class
        ? ValueType.SIZE
        : ValueType.of(type);
  }

  private static Setting setting(String key, Method method, ValueType type, boolean required) {
    var doc = method.getAnnotation(Doc.class);
    var defaultValue = method.getAnnotation(WithDefault.class);
    return new Setting(
        key,
        type,
        required,
        Optional.ofNullable(defaultValue).map(WithDefault::value),
        doc == null ? "" : doc.value());
  }

  private static String name(Method method) {
    var given = method.getAnnotation(WithName.class);
    return given != null ? given.value() : StringUtil.skewer(method.getName());
  }
}
