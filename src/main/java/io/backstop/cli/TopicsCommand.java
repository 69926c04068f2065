package io.backstop.cli;

import io.backstop.executor.Targets;
import io.backstop.runtime.TopicAdmin;
import io.backstop.runtime.TopicState;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code backstop topics create|check}. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = "Creates or checks the topics that the processor needs.")
final class TopicsCommand implements Runnable {
  private static final Table TABLE =
      new Table().column("TOPIC", 32).column("PARTITIONS", 10).column("STATE", 8).last("NOTE");

  @Spec private CommandSpec spec;

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Creates the topics that are missing; touches no other. 1: one does not fit.")
  int create(@Mixin ConfigOptions options) {
    return report(options, TopicAdmin::create);
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Says how each topic stands. 1: one is missing or does not fit.")
  int check(@Mixin ConfigOptions options) {
    return report(options, TopicAdmin::check);
  }

  private int report(
      ConfigOptions options, BiFunction<TopicAdmin, Targets, List<TopicState>> action) {
    try (var admin = TopicAdmin.connect(options.load())) {
      List<TopicState> states = action.apply(admin, Targets.load());
      PrintWriter out = spec.commandLine().getOut();
      out.println(TABLE.head());
      states.forEach(state -> out.println(row(state)));
      return states.stream().allMatch(TopicState::usable) ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private static String row(TopicState state) {
    String status = state.status().name().toLowerCase(Locale.ROOT);
    return TABLE.row(state.topic(), Integer.toString(state.partitions()), status, state.note());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say 'create' or 'check'");
  }
}
