package io.backstop.cli;

import io.backstop.action.SelectionFilter;
import io.backstop.desk.LetterFilter;
import io.backstop.desk.LetterPosition;
import io.backstop.desk.NewestLetters;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A filter of dead letters in the forms that others take. */
final class LetterFilters {
  private LetterFilters() {}

  /** As the instances take it. */
  static Map<String, String> parameters(SelectionFilter filter) {
    Map<String, String> parameters = new TreeMap<>(named(filter));
    rename(parameters, "since", "from");
    rename(parameters, "until", "to");
    rename(parameters, "reason-code", "reason");
    return parameters;
  }

  private static void rename(Map<String, String> parameters, String from, String to) {
    String value = parameters.remove(from);
    if (value != null) {
      parameters.put(to, value);
    }
  }

  /** For a person: {@code target=notion:createPage, status=OPEN}; empty for every letter. */
  static String words(SelectionFilter filter) {
    return named(filter).entrySet().stream()
        .map(each -> each.getKey() + "=" + quoted(each.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String quoted(String value) {
    return value.contains(" ") || value.contains(",") ? "'" + value + "'" : value;
  }

  /** What is given, under the names of the options. */
  private static Map<String, String> named(SelectionFilter filter) {
    Map<String, String> named = new LinkedHashMap<>();
    put(named, "action", filter.getAction());
    put(named, "target", filter.getTarget());
    put(named, "failure-class", filter.getFailureClass());
    put(named, "reason-code", filter.getReasonCode());
    put(named, "submitter", filter.getSubmitter());
    put(named, "group", filter.getGroup());
    put(named, "text", filter.getText());
    put(named, "since", filter.getFrom());
    put(named, "until", filter.getTo());
    put(named, "status", filter.getStatus());
    return named;
  }

  /** Puts what is not null. */
  static void put(Map<String, String> parameters, String name, Object value) {
    if (value != null) {
      parameters.put(name, value.toString());
    }
  }

  /** The page of a list that is read from the topic. */
  static NewestLetters page(SelectionFilter filter, Optional<LetterPosition> after, int limit) {
    LetterFilter letters =
        new LetterFilter(
            Optional.ofNullable(filter.getStatus()),
            Optional.ofNullable(filter.getAction()),
            Optional.ofNullable(filter.getTarget()),
            Optional.ofNullable(filter.getFailureClass()),
            Optional.ofNullable(filter.getReasonCode()),
            Optional.ofNullable(filter.getSubmitter()),
            Optional.ofNullable(filter.getGroup()),
            Optional.ofNullable(filter.getText()));
    return new NewestLetters(
        letters, millis(filter.getFrom()), millis(filter.getTo()), after, limit);
  }

  private static OptionalLong millis(Instant time) {
    return time == null ? OptionalLong.empty() : OptionalLong.of(time.toEpochMilli());
  }
}
