package dev.historics.archive.mapping;

import dev.historics.archive.Interaction;
import dev.historics.archive.RejectedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** How an interaction is made of the records of one kind. Shared by threads. */
sealed interface Shape {
  Interaction interaction(RecordReader reader, Workbench bench) throws RejectedRecordException;

  /**
   * Records that are interactions already, as DataSift delivered them: an object {@code
   * interaction} with an id and a time. Their text stays as it is.
   *
   * @param edited when it became what it is; what is no time there is passed over
   */
  record DataSift(IdRule.Taken id, TimeRule time, TimeRule edited) implements Shape {
    private static final List<TimeFormat> FORMATS =
        List.of(TimeFormat.rfc1123(), TimeFormat.iso(ZoneOffset.UTC), TimeFormat.Unix.SECONDS);

    static DataSift of(PathTree.Builder paths) {
      return new DataSift(
          new IdRule.Taken(List.of(paths.value("interaction.id"))),
          new TimeRule(
              "interaction.created_at", List.of(paths.value("interaction.created_at")), FORMATS),
          new TimeRule(
              "interaction.updated_at", List.of(paths.value("interaction.updated_at")), FORMATS));
    }

    boolean fits(Captured record) {
      return isSingle(record, id.paths().get(0)) && isSingle(record, time.paths().get(0));
    }

    /** What a record lacks that is nearly one of these. */
    Optional<String> lack(Captured record) {
      FieldPath idPath = id.paths().get(0);
      FieldPath timePath = time.paths().get(0);
      if (record.isList(idPath) || record.isList(timePath)) {
        return Optional.of("expected one object 'interaction', found a list");
      }
      if (record.has(idPath) && !record.has(timePath)) {
        return Optional.of(NoValue.of("created_at", time.paths()));
      }
      return record.has(timePath) && !record.has(idPath)
          ? Optional.of(NoValue.of("id", id.paths()))
          : Optional.empty();
    }

    private static boolean isSingle(Captured record, FieldPath path) {
      return record.has(path) && !record.isList(path);
    }

    @Override
    public Interaction interaction(RecordReader reader, Workbench bench)
        throws RejectedRecordException {
      Captured record = reader.captured();
      if (!fits(record)) {
        throw new RejectedRecordException(
            lack(record)
                .orElse(
                    "expected an object 'interaction' with 'id' and 'created_at', found none; other"
                        + " records need a mapping"));
      }
      String text = id.id(record, bench.hash());
      Instant createdAt = bench.time(time, record);
      JsonBuffer out = bench.out();
      reader.appendObject(out);
      Interaction interaction = new Interaction(text, createdAt, out.copy());
      return editedAt(record).map(interaction::editedAt).orElse(interaction);
    }

    private Optional<Instant> editedAt(Captured record) {
      try {
        return edited.isIn(record)
            ? Optional.of(edited.parse(record, edited.value(record)))
            : Optional.empty();
      } catch (RejectedRecordException e) {
        return Optional.empty();
      }
    }
  }

  /**
   * Records of any other form: the fields of the interaction are looked up in them, and they stay
   * whole below the name of their source.
   *
   * @param edited when the record became what it is, where records of the source tell
   * @param others the namespaces besides {@code interaction}
   */
  record Mapped(
      String source,
      IdRule id,
      TimeRule time,
      TimeRule edited,
      FieldTree.Branch interaction,
      List<FieldTree> others)
      implements Shape {
    private static final byte[] OPENING = ascii("{\"interaction\":{");
    private static final byte[] ID = ascii("\"id\":");
    private static final byte[] CREATED_AT = ascii(",\"created_at\":\"");
    private static final byte[] UPDATED_AT = ascii("\",\"updated_at\":\"");

    public Mapped {
      others = List.copyOf(others);
    }

    @Override
    public Interaction interaction(RecordReader reader, Workbench bench)
        throws RejectedRecordException {
      Captured record = reader.captured();
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
      Optional<Instant> editedAt = editedAt(record);
      if (editedAt.isPresent()) {
        out.append(UPDATED_AT);
        out.appendAscii(editedAt.get().toString());
      }
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
      reader.appendObject(out);
      out.append((byte) '}');
      Interaction made = new Interaction(text, createdAt, out.copy());
      return editedAt.map(made::editedAt).orElse(made);
    }

    private Optional<Instant> editedAt(Captured record) throws RejectedRecordException {
      return edited.isIn(record)
          ? Optional.of(edited.parse(record, edited.value(record)))
          : Optional.empty();
    }

    private static byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
  }
}
