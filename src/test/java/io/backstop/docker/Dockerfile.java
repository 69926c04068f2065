package io.backstop.docker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code docker/Dockerfile}, read so far that tests can follow it. */
final class Dockerfile {
  private static final Pattern EXEC_FORM = Pattern.compile("\\[(\"[^\"]*\"(, \"[^\"]*\")*)]");

  /**
   * One line, continuations joined.
   *
   * @param stage number of the FROM that it stands under, 0 for the first
   */
  record Instruction(int stage, String name, String arguments) {}

  /**
   * @param stage the stage that it copies from; empty for the checkout
   */
  record Copy(String stage, List<String> sources, String destination) {}

  private final List<Instruction> instructions = new ArrayList<>();

  private Dockerfile(String text) {
    String joined = text.replaceAll("(?m)^#.*\n", "").replaceAll("\\\\\n\\s*", " ");
    int stage = -1;
    for (String line : joined.lines().filter(each -> !each.isBlank()).toList()) {
      String[] parts = line.strip().split(" ", 2);
      stage += parts[0].equals("FROM") ? 1 : 0;
      instructions.add(new Instruction(stage, parts[0], parts[1].strip()));
    }
  }

  static Dockerfile read() {
    return new Dockerfile(CommittedDocuments.text("docker/Dockerfile"));
  }

  List<Instruction> instructions() {
    return instructions;
  }

  /** Of the stage that becomes the image. */
  List<Instruction> ofTheImage() {
    int last = instructions.get(instructions.size() - 1).stage();
    return instructions.stream().filter(each -> each.stage() == last).toList();
  }

  /** Arguments of the only instruction of that name in the image. */
  String only(String name) {
    List<Instruction> found =
        ofTheImage().stream().filter(each -> each.name().equals(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " times " + name + " in the image");
    }
    return found.get(0).arguments();
  }

  /** Words of an ENTRYPOINT, CMD or HEALTHCHECK that starts no shell. */
  static List<String> execForm(String arguments) {
    Matcher form = EXEC_FORM.matcher(arguments);
    if (!form.find()) {
      throw new AssertionError("not in exec form: " + arguments);
    }
    return Arrays.stream(form.group(1).split(", "))
        .map(word -> word.substring(1, word.length() - 1))
        .toList();
  }

  static List<Copy> copies(List<Instruction> instructions) {
    return instructions.stream()
        .filter(each -> each.name().equals("COPY"))
        .map(each -> copy(each.arguments()))
        .toList();
  }

  private static Copy copy(String arguments) {
    List<String> words = List.of(arguments.split(" +"));
    List<String> paths = words.stream().filter(word -> !word.startsWith("--")).toList();
    int last = paths.size() - 1;
    return new Copy(
        flag(words, "--from=").findFirst().orElse(""), paths.subList(0, last), paths.get(last));
  }

  private static Stream<String> flag(List<String> words, String flag) {
    return words.stream()
        .filter(word -> word.startsWith(flag))
        .map(word -> word.substring(flag.length()));
  }
}
