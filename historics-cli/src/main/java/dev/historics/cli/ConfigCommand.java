package dev.historics.cli;

import dev.historics.cli.session.CliException;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Setting;
import dev.historics.cli.session.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the settings. */
@Command(
    name = "config",
    description = "Show the settings in force.",
    footer = {"", "Example: historics config show"})
final class ConfigCommand {
  @Spec CommandSpec spec;

  @Command(
      name = "show",
      description = "Print every setting with where it came from; secrets are masked.",
      footer = {"", "Example: historics config show --output json"})
  int show() throws CliException {
    Session session = Session.of(spec);
    Table table = new Table("setting", "value", "origin");
    table.add(row("home", session.home().toString(), session.homeOrigin()));
    for (Setting setting : session.settings().all()) {
      table.add(row(setting.key(), setting.shown(), setting.origin()));
    }
    session.printer().table(table);
    return 0;
  }

  private static Map<String, Object> row(String key, String value, String origin) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("setting", key);
    row.put("value", value);
    row.put("origin", origin);
    return row;
  }
}
