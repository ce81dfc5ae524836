package dev.historics.cli.archive;

import dev.historics.archive.removal.Tombstone;
import dev.historics.archive.takedown.Receipt;
import dev.historics.cli.session.Printer;
import dev.historics.cli.session.Table;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A receipt as it is shown. */
final class ReceiptPage {
  private static final int NAMED_MAX = 5;

  private final Printer printer;
  private final Duration grace;

  /**
   * @param grace how long old files stay
   */
  ReceiptPage(Printer printer, Duration grace) {
    this.printer = printer;
    this.grace = grace;
  }

  void show(Receipt receipt) {
    printer.answer(value(receipt), text(receipt, state(receipt)));
    if (receipt.state() != Receipt.State.COMPLETE) {
      printer.hint(
          "'historics archive sweep' completes it; 'historics archive takedown --receipt %s' shows it"
              .formatted(receipt.id()));
    }
  }

  /** What a dry run found. */
  void preview(Receipt receipt) {
    Map<String, Object> value = value(receipt);
    value.put("state", "dry run");
    value.remove("id");
    printer.answer(value, text(receipt, "dry run: nothing was changed"));
  }

  private String state(Receipt receipt) {
    return switch (receipt.state()) {
      case PURGING -> "receipt %s: not finished".formatted(receipt.id());
      case WAITING ->
          "receipt %s: no query sees it any more; old files wait until %s, or until the queries that read them are done"
              .formatted(
                  receipt.id(), receipt.updated().plus(grace).truncatedTo(ChronoUnit.SECONDS));
      case COMPLETE ->
          "receipt %s: complete since %s"
              .formatted(receipt.id(), receipt.updated().truncatedTo(ChronoUnit.SECONDS));
    };
  }

  private static String text(Receipt receipt, String state) {
    List<String> lines = new ArrayList<>();
    lines.add(state);
    lines.add("");
    lines.add(
        "  asked for   %s, %s"
            .formatted(receipt.requested().truncatedTo(ChronoUnit.SECONDS), what(receipt)));
    lines.add("  in          %s".formatted(String.join(", ", receipt.sources())));
    if (!receipt.reason().isEmpty()) {
      lines.add("  reason      %s".formatted(Printer.printable(receipt.reason())));
    }
    lines.add(
        count("  removed     ", receipt.removed(), "interaction")
            + count(" on ", receipt.days().size(), "day"));
    long shelved = receipt.lots().stream().mapToLong(Receipt.Lot::removed).sum();
    lines.add(count("  quarantine  ", shelved, "record") + " removed");
    lines.add(
        count("  mentions    ", receipt.mentions(), "interaction") + " of others" + named(receipt));
    if (!receipt.days().isEmpty()) {
      lines.add("");
      lines.add(days(receipt).aligned().stripTrailing());
    }
    lines.add("");
    lines.add("not reached:");
    Receipt.outOfReach().forEach(place -> lines.add("  - " + place));
    return String.join("\n", lines);
  }

  private static String what(Receipt receipt) {
    List<String> wishes = new ArrayList<>();
    for (Tombstone wish : receipt.wishes()) {
      wishes.add(
          wish.kind().name().toLowerCase(Locale.ROOT)
              + " '"
              + Printer.printable(wish.value())
              + "'");
    }
    return String.join(", ", wishes);
  }

  private static String count(String before, long count, String what) {
    return String.format(Locale.ROOT, "%s%,d %s%s", before, count, what, count == 1 ? "" : "s");
  }

  private static String named(Receipt receipt) {
    List<String> some = receipt.mentionedIn().stream().limit(NAMED_MAX).toList();
    return some.isEmpty()
        ? ""
        : " (kept): " + Printer.printable(String.join(", ", some)) + more(receipt, some.size());
  }

  private static String more(Receipt receipt, int named) {
    return receipt.mentions() > named ? ", …" : "";
  }

  private static Table days(Receipt receipt) {
    Table table = new Table("source", "day", "removed", "files_before", "files_after");
    for (Receipt.Day day : receipt.days()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("source", day.source());
      row.put("day", day.day());
      row.put("removed", day.removed());
      row.put("files_before", day.before().size());
      row.put("files_after", day.after().size());
      table.add(row);
    }
    return table;
  }

  private Map<String, Object> value(Receipt receipt) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("id", receipt.id());
    value.put("state", receipt.state().name().toLowerCase(Locale.ROOT));
    value.put("requested", receipt.requested());
    value.put("updated", receipt.updated());
    if (receipt.state() == Receipt.State.WAITING) {
      value.put("waiting_until", receipt.updated().plus(grace));
    }
    value.put("reason", receipt.reason());
    value.put("authors", values(receipt, Tombstone.Kind.AUTHOR));
    value.put("ids", values(receipt, Tombstone.Kind.ID));
    value.put("sources", receipt.sources());
    value.put("removed", receipt.removed());
    value.put("days", receipt.days().stream().map(ReceiptPage::day).toList());
    value.put("quarantine", receipt.lots().stream().map(ReceiptPage::lot).toList());
    value.put("mentions", receipt.mentions());
    value.put("mentioned_in", receipt.mentionedIn());
    value.put("out_of_reach", Receipt.outOfReach());
    return value;
  }

  private static List<String> values(Receipt receipt, Tombstone.Kind kind) {
    return receipt.wishes().stream()
        .filter(wish -> wish.kind() == kind)
        .map(Tombstone::value)
        .toList();
  }

  private static Map<String, Object> day(Receipt.Day day) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("source", day.source());
    value.put("day", day.day());
    value.put("removed", day.removed());
    value.put("before", day.before().stream().map(ReceiptPage::file).toList());
    value.put("after", day.after().stream().map(ReceiptPage::file).toList());
    return value;
  }

  private static Map<String, Object> file(Receipt.File file) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("path", file.path());
    value.put("bytes", file.bytes());
    value.put("sha256", file.sha256());
    return value;
  }

  private static Map<String, Object> lot(Receipt.Lot lot) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("path", lot.path());
    value.put("sha256", lot.sha256());
    value.put("removed", lot.removed());
    return value;
  }
}
