package io.backstop.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The list of commands in a help text, each with the first sentence of its description: by itself
 * picocli shows the first line, which may end in the middle of one.
 */
final class CommandSummaries {
  private static final int INDENT = 2;

  private CommandSummaries() {}

  /** Uses it in the help of a command and of all below it. */
  static void useIn(CommandLine command) {
    command
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandSummaries::render);
    command.getSubcommands().values().forEach(CommandSummaries::useIn);
  }

  private static String render(Help help) {
    Map<String, Help> commands = help.subcommands();
    int longest = commands.keySet().stream().mapToInt(String::length).max().orElse(0);
    int width = help.commandSpec().usageMessage().width();
    TextTable table =
        TextTable.forColumns(
            help.colorScheme(),
            new Column(longest + INDENT, INDENT, Column.Overflow.SPAN),
            new Column(width - longest - INDENT, INDENT, Column.Overflow.WRAP));
    table.setAdjustLineBreaksForWideCJKCharacters(true);
    commands.forEach(
        (name, each) ->
            table.addRowValues(
                help.colorScheme().commandText(name),
                help.colorScheme().text(summary(each.commandSpec().usageMessage()))));
    return table.toString();
  }

  /** The first sentence, whatever the lines that it stands on. */
  static String summary(UsageMessageSpec usage) {
    String all = String.join(" ", usage.description()).strip();
    return all.replaceFirst("(?s)^(.*?[.])(\\s.*)?$", "$1");
  }
}
