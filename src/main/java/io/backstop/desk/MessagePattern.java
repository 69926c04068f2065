package io.backstop.desk;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A message with signs in the place of what differs from one failure to the next of the same kind:
 * {@code <id>} for the request's own ids, {@code <email>}, {@code '...'} for what is quoted, {@code
 * #} for numbers, times, UUIDs and ids made of letters and digits, also in the path of a URL, whose
 * query is left out.
 *
 * <p>No pattern here has a repeated group, so none needs more stack for a longer message, and each
 * repetition is bounded or cannot be entered twice, so time grows with the length only.
 */
final class MessagePattern {
  private static final int MAX_MESSAGE = 4_000;
  private static final int MAX_PATTERN = 500;
  private static final int LEAST_ID = 3;
  private static final int MAX_ID = 400;

  private record Rule(Pattern what, String sign) {
    Rule(String what, String sign) {
      this(Pattern.compile(what), sign);
    }
  }

  /** In order: what one has replaced, the next does not see. */
  private static final List<Rule> RULES =
      List.of(
          new Rule("(://[^\\s?#\"'<>]{1,500}+)[?#][^\\s\"'<>]*+", "$1"),
          new Rule("(?<![\\w.+-])[\\w.+-]{1,64}+@[\\w.-]++", "<email>"),
          new Rule("\"[^\"\\n]{0,500}+\"", "'...'"),
          new Rule("`[^`\\n]{0,500}+`", "'...'"),
          new Rule("(?<!\\w)'[^'\\n]{0,500}+'(?!\\w)", "'...'"),
          new Rule("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d[\\d:.,]*+(?:Z|[+-]\\d\\d:?\\d\\d)?", "#"),
          new Rule("(?<!\\w)[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}(?!\\w)", "#"),
          new Rule(
              "(?<![A-Za-z0-9])[+-]?(?:0x)?(?=[a-fA-F]*+\\d)[0-9a-fA-F]{16,}+(?![A-Za-z0-9])", "#"),
          new Rule("(?<![A-Za-z0-9])[A-Za-z]*+\\d++[A-Za-z]++\\d[A-Za-z0-9]*+", "#"),
          new Rule("[+-]?\\d[\\d.,:/-]*+(?<=\\d)|\\d++", "#"),
          new Rule("\\s++", " "));

  private MessagePattern() {}

  /**
   * @param ids of the request, and others that are its own
   */
  static String of(String message, List<String> ids) {
    String text = start(message, MAX_MESSAGE);
    for (String id : ids) {
      if (id.length() >= LEAST_ID && id.length() <= MAX_ID) {
        text = text.replaceAll("(?<!\\w)" + Pattern.quote(id) + "(?!\\w)", "<id>");
      }
    }
    for (Rule rule : RULES) {
      text = rule.what().matcher(text).replaceAll(rule.sign());
    }
    // only now, so that numbers of other lengths do not move the cut
    return start(text.strip(), MAX_PATTERN);
  }

  private static String start(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }
}
