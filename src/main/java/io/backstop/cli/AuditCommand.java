package io.backstop.cli;

import io.backstop.action.Command;
import io.backstop.client.AuditEntry;
import io.backstop.client.AuditTopics;
import io.backstop.client.AuditTrail;
import io.backstop.client.Start;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backstop audit}. */
@CommandLine.Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows who did what, when, why, to how many, and with what result: every command there was.",
      "Newest last. Without --follow: the last 50. With --follow: those that come from now on, until",
      "Ctrl-C; a command whose work goes on is shown again when it has ended."
    })
final class AuditCommand implements Callable<Integer> {
  private static final int LAST = 50;
  private static final int KEPT_IN_VIEW = 10_000;

  private final InstantSource clock = InstantSource.system();

  @Spec private CommandSpec spec;

  @Option(names = "--follow", description = "Wait for more.")
  private boolean follow;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description = "From this time on: 10m, 2h, 1d (ago) or 2026-11-22T12:00:00Z.")
  private Start.Since since;

  @Option(names = "--actor", paramLabel = "NAME", description = "Only what this one did.")
  private String actor;

  @Option(
      names = "--command",
      paramLabel = "NAME",
      description = "Only commands of this name, such as letters.dismiss.")
  private String name;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = Limit.Converter.class,
      description = "Only the last N. Default: 50. With --follow, stop after N lines.")
  private Limit limit;

  @Option(names = "--json", description = "One JSON object per command and line.")
  private boolean json;

  @Mixin private ConfigOptions config;

  @Override
  public Integer call() {
    Problems problems = new Problems(spec.commandLine().getErr());
    PrintWriter out = spec.commandLine().getOut();
    try (AuditTopics topics = AuditTopics.open(config.load(), problems)) {
      if (follow) {
        follow(topics, out);
      } else {
        AuditTrail trail = new AuditTrail(limit == null ? LAST : limit.count());
        topics.read(since == null ? new Start.Beginning() : since, this::isWanted, isAll(), trail);
        head(out);
        trail.entries().forEach(each -> print(each, out));
      }
    }
    return problems.exitCode();
  }

  private void follow(AuditTopics topics, PrintWriter out) {
    AuditTrail trail = new AuditTrail(KEPT_IN_VIEW);
    AuditNews news = new AuditNews();
    topics.startAt(since == null ? new Start.End() : since);
    head(out);
    long left = limit == null ? Long.MAX_VALUE : limit.count();
    // a closed pipe (| head) ends the command quietly
    while (left > 0 && !out.checkError()) {
      topics.poll(this::isWanted, isAll(), trail, entry -> news.changed(entry, clock.millis()));
      for (AuditEntry entry : news.take(clock.millis())) {
        if (left-- > 0) {
          print(entry, out);
        }
      }
    }
  }

  private boolean isWanted(Command command) {
    return (actor == null || actor.equals(command.getActor()))
        && (name == null || name.equals(command.getName()));
  }

  /** What cannot be read has neither actor nor name. */
  private boolean isAll() {
    return actor == null && name == null;
  }

  private void head(PrintWriter out) {
    if (!json) {
      out.println(AuditLine.TABLE.head());
    }
  }

  private void print(AuditEntry entry, PrintWriter out) {
    out.println(new AuditLine(entry).text(json));
  }
}
