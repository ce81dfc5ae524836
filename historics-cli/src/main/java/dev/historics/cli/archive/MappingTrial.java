package dev.historics.cli.archive;

import dev.historics.archive.Interaction;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.intake.Reasons;
import dev.historics.archive.intake.Trial;
import dev.historics.archive.mapping.FieldCensus;
import dev.historics.archive.mapping.MappingCoverage;
import dev.historics.archive.mapping.MappingRule;
import dev.historics.archive.mapping.SourceMapping;
import dev.historics.cli.session.Printer;
import dev.historics.cli.session.Session;
import dev.historics.cli.session.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a mapping made of some records, and how that is shown. Owned by one thread. */
final class MappingTrial implements Trial.Visitor {
  private static final int VALUE_CHARACTERS = 60;

  /** A person reads no further, and other formats have them all. */
  private static final int ROWS_MAX = 40;

  private final SourceMapping mapping;
  private final long wanted;
  private final FieldCensus census = new FieldCensus();
  private final Reasons reasons = new Reasons();
  private final Map<String, String> types = new TreeMap<>();
  private List<FieldCensus.Field> shown = List.of();
  private String shownRefusal = "";
  private long shownRecord;
  private long shownLine;
  private long records;
  private long refused;

  /**
   * @param wanted the record to show; 0 for the first that would be archived
   */
  MappingTrial(SourceMapping mapping, long wanted) {
    this.mapping = mapping;
    this.wanted = wanted;
    for (TargetColumn column : mapping.targets()) {
      types.put(column.target(), column.kind().name().toLowerCase(Locale.ROOT));
    }
  }

  long records() {
    return records;
  }

  long refused() {
    return refused;
  }

  @Override
  public void accepted(long line, Interaction interaction) {
    records++;
    census.add(interaction.raw());
    if (records == wanted || (wanted == 0 && shownRecord == 0)) {
      FieldCensus alone = new FieldCensus();
      alone.add(interaction.raw());
      shown = alone.fields();
      shownRecord = records;
      shownLine = line;
    }
  }

  @Override
  public void refused(long line, byte[] record, String reason) {
    records++;
    refused++;
    reasons.add(reason, "line " + line, new String(record, StandardCharsets.UTF_8));
    if (records == wanted) {
      shownRefusal = reason;
      shownRecord = records;
      shownLine = line;
    }
  }

  void print(Session session, String file) {
    Printer printer = session.printer();
    if (!printer.forPeople()) {
      printer.answer(answer(file), "");
      return;
    }
    printer
        .out()
        .printf(
            Locale.ROOT,
            "%s as '%s': of %,d record%s, %,d would be archived and %,d put aside%n",
            file,
            mapping.source(),
            records,
            records == 1 ? "" : "s",
            records - refused,
            refused);
    MappingCoverage coverage = new MappingCoverage(mapping, census);
    if (shownRefusal.isEmpty()) {
      section(printer, "Record %d (line %d) becomes:".formatted(shownRecord, shownLine), record());
    } else {
      printer
          .out()
          .printf(
              "%nRecord %d (line %d) would be put aside: %s%n",
              shownRecord, shownLine, Printer.printable(shownRefusal));
    }
    section(printer, "These would be put aside:", reasons());
    List<FieldCensus.Field> unused = coverage.unused();
    section(
        printer,
        "No rule of the mapping reads these fields and no target names them; they are kept, and"
            + " queries can ask about them as text:",
        unused(unused.subList(0, Math.min(ROWS_MAX, unused.size()))));
    if (unused.size() > ROWS_MAX) {
      printer.out().printf("and %d more; --output json has all%n", unused.size() - ROWS_MAX);
    }
    section(printer, "These rules and targets found nothing in these records:", idle(coverage));
  }

  private static void section(Printer printer, String heading, Table table) {
    if (!table.rows().isEmpty()) {
      printer.out().println();
      printer.out().println(heading);
      printer.table(table);
    }
  }

  private Map<String, Object> answer(String file) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("file", file);
    answer.put("source", mapping.source());
    answer.put("records", records);
    answer.put("archived", records - refused);
    answer.put("put_aside", refused);
    if (shownRecord > 0) {
      answer.put("record", shownRecord);
      answer.put("line", shownLine);
      answer.put("becomes", record().rows());
    }
    MappingCoverage coverage = new MappingCoverage(mapping, census);
    answer.put("reasons", reasons().rows());
    answer.put("unused", unused(coverage.unused()).rows());
    answer.put("found_nothing", idle(coverage).rows());
    return answer;
  }

  private Table record() {
    Table table = new Table("target", "type", "value");
    for (FieldCensus.Field field : shown) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("target", field.target());
      row.put("type", type(field));
      row.put("value", excerpt(field.example()));
      table.add(row);
    }
    return table;
  }

  /** As the mapping says, and what was found where that is something else. */
  private String type(FieldCensus.Field field) {
    String list = field.isList() ? "[]" : "";
    String declared = types.getOrDefault(field.target(), "");
    if (declared.isEmpty() || declared.equals(field.type())) {
      return field.type() + list;
    }
    return declared + list + (isLike(declared, field) ? "" : ", found " + field.type());
  }

  /** Whether the value can be read as the type that the mapping names. */
  private static boolean isLike(String declared, FieldCensus.Field field) {
    return switch (declared) {
      case "int" -> field.type().equals("boolean") || field.example().matches("-?[0-9]+(\\.0+)?");
      case "float" -> field.example().matches("-?[0-9.]+([eE][-+]?[0-9]+)?");
      default -> true;
    };
  }

  private Table reasons() {
    Table table = new Table("records", "reason", "first", "example");
    for (Reasons.Reason reason : reasons.all()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("records", reason.count());
      row.put("reason", reason.text());
      row.put("first", reason.place());
      row.put("example", excerpt(reason.example()));
      table.add(row);
    }
    return table;
  }

  private static Table unused(List<FieldCensus.Field> fields) {
    Table table = new Table("field", "type", "records", "example");
    for (FieldCensus.Field field : fields) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("field", field.target());
      row.put("type", field.type() + (field.isList() ? "[]" : ""));
      row.put("records", field.interactions());
      row.put("example", excerpt(field.example()));
      table.add(row);
    }
    return table;
  }

  private static Table idle(MappingCoverage coverage) {
    Table table = new Table("makes", "looks_at");
    for (MappingRule rule : coverage.idle()) {
      List<String> paths = new ArrayList<>(rule.paths());
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("makes", rule.name());
      row.put("looks_at", paths.isEmpty() ? "the field itself" : String.join(", ", paths));
      table.add(row);
    }
    return table;
  }

  private static String excerpt(String value) {
    return value.codePointCount(0, value.length()) <= VALUE_CHARACTERS
        ? value
        : value.substring(0, value.offsetByCodePoints(0, VALUE_CHARACTERS)) + "…";
  }
}
