package dev.historics.archive.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields that a mapping fills, object in object. Shared by threads. */
sealed interface FieldTree {
  /**
   * Appends {@code "key":…}.
   *
   * @return whether there is any value; if not, nothing was appended
   */
  boolean write(Captured record, HashedId hash, JsonBuffer out);

  /** One field. */
  record Leaf(String key, FieldValue value) implements FieldTree {
    @Override
    public boolean write(Captured record, HashedId hash, JsonBuffer out) {
      int before = out.length();
      out.appendAscii(key);
      if (!value.write(record, hash, out)) {
        out.truncate(before);
        return false;
      }
      return true;
    }
  }

  /** An object of fields. */
  record Branch(String key, List<FieldTree> members) implements FieldTree {
    public Branch {
      members = List.copyOf(members);
    }

    /**
     * @param fields by their dotted names below {@code namespace}, such as {@code author.username};
     *     no name is the beginning of another
     */
    static Branch of(String namespace, Map<String, FieldValue> fields) {
      Map<String, Map<String, FieldValue>> byFirst = new LinkedHashMap<>();
      fields.forEach(
          (name, value) -> {
            int dot = name.indexOf('.');
            String first = dot < 0 ? name : name.substring(0, dot);
            String rest = dot < 0 ? "" : name.substring(dot + 1);
            byFirst.computeIfAbsent(first, k -> new LinkedHashMap<>()).put(rest, value);
          });
      List<FieldTree> members = new ArrayList<>();
      byFirst.forEach(
          (name, below) ->
              members.add(
                  below.containsKey("") ? new Leaf(quoted(name), below.get("")) : of(name, below)));
      return new Branch(quoted(namespace), members);
    }

    private static String quoted(String name) {
      return "\"" + name + "\":";
    }

    @Override
    public boolean write(Captured record, HashedId hash, JsonBuffer out) {
      int before = out.length();
      out.appendAscii(key);
      out.append((byte) '{');
      boolean any = writeMembers(record, hash, out);
      out.append((byte) '}');
      if (!any) {
        out.truncate(before);
      }
      return any;
    }

    /** Appends {@code "a":…,"b":…}, without braces; tells whether there was anything. */
    boolean writeMembers(Captured record, HashedId hash, JsonBuffer out) {
      boolean any = false;
      for (FieldTree member : members) {
        int before = out.length();
        if (any) {
          out.append((byte) ',');
        }
        if (member.write(record, hash, out)) {
          any = true;
        } else {
          out.truncate(before);
        }
      }
      return any;
    }
  }
}
