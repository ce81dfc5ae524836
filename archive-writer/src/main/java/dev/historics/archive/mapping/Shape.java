package dev.historics.archive.mapping;

import dev.historics.archive.Interaction;
import dev.historics.archive.RejectedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** How an interaction is made of the records of one kind. Shared by threads. */
sealed interface Shape {
  Interaction interaction(RecordScanner scanner, Workbench bench) throws RejectedRecordException;

  /**
   * Records that are interactions already, as DataSift delivered them: an object {@code
   * interaction} with an id and a time. Their text stays as it is.
   */
  record DataSift(IdRule.Taken id, TimeRule time) implements Shape {
    static DataSift of(PathTree.Builder paths) {
      return new DataSift(
          new IdRule.Taken(List.of(paths.value("interaction.id"))),
          new TimeRule(
              "interaction.created_at",
              List.of(paths.value("interaction.created_at")),
              List.of(
                  TimeFormat.rfc1123(), TimeFormat.iso(ZoneOffset.UTC), TimeFormat.Unix.SECONDS)));
    }

    boolean fits(Captured record) {
      return isSingle(record, id.paths().get(0)) && isSingle(record, time.paths().get(0));
    }

    private static boolean isSingle(Captured record, FieldPath path) {
      return record.has(path) && !record.isList(path);
    }

    @Override
    public Interaction interaction(RecordScanner scanner, Workbench bench)
        throws RejectedRecordException {
      Captured record = scanner.captured();
      if (!fits(record)) {
        throw new RejectedRecordException(
            "expected an object 'interaction' with 'id' and 'created_at', found none; other records"
                + " need a mapping");
      }
      String text = id.id(record, bench.hash());
      Instant createdAt = bench.time(time, record);
      JsonBuffer out = bench.out();
      appendOriginal(scanner, out);
      return new Interaction(text, createdAt, out.copy());
    }
  }

  /**
   * Records of any other form: the fields of the interaction are looked up in them, and they stay
   * whole below the name of their source.
   *
   * @param others the namespaces besides {@code interaction}
   */
  record Mapped(
      String source, IdRule id, TimeRule time, FieldTree.Branch interaction, List<FieldTree> others)
      implements Shape {
    private static final byte[] OPENING = ascii("{\"interaction\":{");
    private static final byte[] ID = ascii("\"id\":");
    private static final byte[] CREATED_AT = ascii(",\"created_at\":\"");

    public Mapped {
      others = List.copyOf(others);
    }

    @Override
    public Interaction interaction(RecordScanner scanner, Workbench bench)
        throws RejectedRecordException {
      Captured record = scanner.captured();
      String text = id.id(record, bench.hash());
      Instant createdAt = bench.time(time, record);
      JsonBuffer out = bench.out();
      out.append(OPENING);
      if (interaction.writeMembers(record, bench.hash(), out)) {
        out.append((byte) ',');
      }
      out.append(ID);
      out.appendString(text);
      out.appendAscii(",\"type\":\"");
      out.appendAscii(source);
      out.append((byte) '"');
      out.append(CREATED_AT);
      out.appendAscii(bench.timeText());
      out.appendAscii("\"}");
      for (FieldTree other : others) {
        int length = out.length();
        out.append((byte) ',');
        if (!other.write(record, bench.hash(), out)) {
          out.truncate(length);
        }
      }
      out.appendAscii(",\"");
      out.appendAscii(source);
      out.appendAscii("\":");
      appendOriginal(scanner, out);
      out.append((byte) '}');
      return new Interaction(text, createdAt, out.copy());
    }

    private static byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
  }

  private static void appendOriginal(RecordScanner scanner, JsonBuffer out) {
    byte[] in = scanner.captured().record();
    if (scanner.hasLineBreak()) {
      out.appendCompact(in, scanner.start(), scanner.stop());
    } else {
      out.append(in, scanner.start(), scanner.stop());
    }
  }
}
