package dev.historics.archive.mapping;

import dev.historics.archive.RejectedRecordException;
import java.util.List;
import java.util.stream.Stream;

/** What a record's {@code interaction.id} is made of. Shared by threads. */
sealed interface IdRule {
  /** The longest id in characters. */
  int LENGTH_MAX = 512;

  List<FieldPath> paths();

  /** The id; never empty, without control characters. */
  String id(Captured record, HashedId hash) throws RejectedRecordException;

  /** The text of the first path that has a value. */
  record Taken(List<FieldPath> paths) implements IdRule {
    public Taken {
      paths = List.copyOf(paths);
    }

    @Override
    public String id(Captured record, HashedId hash) throws RejectedRecordException {
      FieldPath path = FieldValue.firstFilled(paths, record);
      if (!record.has(path)) {
        throw new RejectedRecordException(NoValue.of("id", paths));
      }
      String id = record.text(record.first(path));
      if (id.length() > LENGTH_MAX) {
        throw new RejectedRecordException(
            "id: expected at most %d characters at '%s', found %d: %s"
                .formatted(LENGTH_MAX, path.text(), id.length(), Excerpt.of(id)));
      }
      if (id.codePoints().anyMatch(IdRule::isUnfit)) {
        throw new RejectedRecordException(
            "id: expected no control characters and no halves of characters at '%s', found %s"
                .formatted(path.text(), Excerpt.of(id)));
      }
      return id;
    }
  }

  /** A {@link HashedId} of several paths. */
  record Hashed(List<FieldPath> paths) implements IdRule {
    public Hashed {
      paths = List.copyOf(paths);
    }

    @Override
    public String id(Captured record, HashedId hash) throws RejectedRecordException {
      String id = hash.of(paths, record);
      if (id.isEmpty()) {
        throw new RejectedRecordException(NoValue.of("id", paths));
      }
      return id;
    }
  }

  /**
   * One rule for records of some kind, and another one for the rest.
   *
   * @param when what records of that kind have
   */
  record Chosen(List<Condition> when, IdRule then, IdRule otherwise) implements IdRule {
    public Chosen {
      when = List.copyOf(when);
    }

    @Override
    public List<FieldPath> paths() {
      return Stream.concat(then.paths().stream(), otherwise.paths().stream()).distinct().toList();
    }

    @Override
    public String id(Captured record, HashedId hash) throws RejectedRecordException {
      return (Condition.areSo(when, record) ? then : otherwise).id(record, hash);
    }
  }

  private static boolean isUnfit(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL || type == Character.SURROGATE;
  }
}
