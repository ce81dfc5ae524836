package dev.historics.archive.format;

import dev.historics.archive.IdHash;
import dev.historics.archive.StoredColumn;
import dev.historics.archive.TargetColumn;
import dev.historics.archive.form.Form;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * The Parquet schema of a sealed file:
 *
 * <pre>
 * required binary id (STRING)
 * required int64  created_at (TIMESTAMP(MILLIS, UTC))
 * required int32  bucket
 * required group  interaction { required group author { optional binary username (STRING) } … }
 * …
 * required group  raw { required binary form (STRING); required binary rest (STRING) }
 * </pre>
 *
 * <p>A target's path is its column's path; every value is optional. A target with more than one
 * value in some row is a three-level LIST of required elements, a place is a group of {@code
 * latitude} and {@code longitude}. Where a target's path goes on to other targets, its own value
 * stands beside them as {@value #SELF}. The interaction's JSON is what a {@link
 * dev.historics.archive.form.Form} makes of {@code raw} and the columns.
 *
 * <p>A field's id is made from its path, so that a target has the same id in all files.
 */
final class SealedLayout {
  static final String ID = "id";

  /** The target that {@link #ID} holds, under which forms name it. */
  private static final String ID_TARGET = "interaction.id";

  static final String CREATED_AT = "created_at";
  static final String BUCKET = "bucket";
  static final String RAW = "raw";
  static final String FORM = "form";
  static final String REST = "rest";

  /** The value of a target whose path is also the start of another's. */
  static final String SELF = "@self";

  private static final Set<String> OWN = Set.of(ID, CREATED_AT, BUCKET, RAW);
  private static final int FIELD_ID_BITS = 30;

  private final List<StoredColumn> columns;
  private final Node root = new Node("");
  private final MessageType schema;
  private final Map<String, String[]> paths = new TreeMap<>();

  /**
   * The layout for these columns.
   *
   * @throws IllegalArgumentException if a target cannot have a column
   */
  SealedLayout(List<StoredColumn> columns) {
    this.columns = sorted(columns);
    for (int i = 0; i < this.columns.size(); i++) {
      plant(i);
    }
    this.schema = new SchemaMaker().make();
  }

  private static List<StoredColumn> sorted(List<StoredColumn> columns) {
    return columns.stream().sorted(Comparator.comparing(c -> c.column().target())).toList();
  }

  private void plant(int column) {
    String target = columns.get(column).column().target();
    String[] keys = target.split("\\.", -1);
    if (OWN.contains(keys[0]) || List.of(keys).contains(SELF)) {
      throw new IllegalArgumentException(
          "target '%s' cannot have a column: it would be mistaken for one of the archive's own"
              .formatted(target));
    }
    Node node = root;
    for (String key : keys) {
      node = node.child(key);
    }
    node.column = column;
  }

  /** The columns, in the order that the numbers in {@link Node} count. */
  List<StoredColumn> columns() {
    return columns;
  }

  MessageType schema() {
    return schema;
  }

  /** The number of each column, as {@link #columns} counts them. */
  Map<TargetColumn, Integer> numbers() {
    Map<TargetColumn, Integer> numbers = new HashMap<>();
    columns.forEach(stored -> numbers.put(stored.column(), numbers.size()));
    return numbers;
  }

  /**
   * The columns that a form can name, by their targets.
   *
   * @param numbers of the columns
   * @param id the number of the archive's own {@value #ID}
   */
  Map<String, Form.Slot> slots(Map<TargetColumn, Integer> numbers, int id) {
    Map<String, Form.Slot> slots = new TreeMap<>();
    for (StoredColumn stored : columns) {
      TargetColumn column = stored.column();
      if (column.kind() != TargetColumn.Kind.GEO) {
        slots.put(
            column.target(),
            new Form.Slot(numbers.get(column), Form.Slot.Kind.valueOf(column.kind().name())));
      }
    }
    slots.put(ID_TARGET, new Form.Slot(id, Form.Slot.Kind.TEXT));
    return slots;
  }

  /** The leaves of each column, by its number. */
  List<List<ColumnDescriptor>> leaves() {
    return columns.stream().map(stored -> column(stored).leaves()).toList();
  }

  /** The leaf of one of the archive's own columns. */
  ColumnDescriptor own(String... path) {
    return schema.getColumnDescription(path);
  }

  /** The column of a target, with the leaves that hold its values. */
  Optional<SealedColumn> column(String target) {
    return columns.stream()
        .filter(stored -> stored.column().target().equals(target))
        .findFirst()
        .map(this::column);
  }

  private SealedColumn column(StoredColumn stored) {
    String[] path = paths.get(stored.column().target());
    List<ColumnDescriptor> leaves = new ArrayList<>();
    for (ColumnDescriptor leaf : schema.getColumns()) {
      if (startsWith(leaf.getPath(), path)) {
        leaves.add(leaf);
      }
    }
    return new SealedColumn(stored, leaves);
  }

  private static boolean startsWith(String[] path, String[] start) {
    return path.length >= start.length
        && List.of(path).subList(0, start.length).equals(List.of(start));
  }

  /** A key of some target. */
  private static final class Node {
    private static final int NONE = -1;

    private final String name;
    private final Map<String, Node> children = new TreeMap<>();
    private int column = NONE;

    Node(String name) {
      this.name = name;
    }

    private Node child(String key) {
      return children.computeIfAbsent(key, Node::new);
    }

    String name() {
      return name;
    }

    List<Node> children() {
      return List.copyOf(children.values());
    }

    /** The number of the column whose path ends here, or {@link #NONE}. */
    int column() {
      return column;
    }
  }

  /** Builds the schema; lives as long as that takes. */
  private final class SchemaMaker {
    private final Set<Integer> taken = new HashSet<>();

    MessageType make() {
      List<Type> fields = new ArrayList<>();
      fields.add(
          Types.required(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .id(fieldId(ID))
              .named(ID));
      fields.add(
          Types.required(PrimitiveTypeName.INT64)
              .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS))
              .id(fieldId(CREATED_AT))
              .named(CREATED_AT));
      fields.add(Types.required(PrimitiveTypeName.INT32).id(fieldId(BUCKET)).named(BUCKET));
      for (Node child : root.children()) {
        fields.add(type(child, new String[] {child.name()}));
      }
      fields.add(
          new GroupType(Type.Repetition.REQUIRED, RAW, rawText(FORM), rawText(REST))
              .withId(fieldId(RAW)));
      return new MessageType("interaction", fields);
    }

    private Type rawText(String name) {
      return Types.required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .id(fieldId(RAW + "." + name))
          .named(name);
    }

    private Type type(Node node, String[] path) {
      if (node.children().isEmpty()) {
        return value(node.column(), node.name(), path);
      }
      List<Type> fields = new ArrayList<>();
      if (node.column() != Node.NONE) {
        fields.add(value(node.column(), SELF, in(path, SELF)));
      }
      for (Node child : node.children()) {
        fields.add(type(child, in(path, child.name())));
      }
      return new GroupType(Type.Repetition.REQUIRED, node.name(), fields)
          .withId(fieldId(String.join(".", path)));
    }

    private Type value(int column, String name, String[] path) {
      StoredColumn stored = columns.get(column);
      paths.put(stored.column().target(), path);
      String dotted = String.join(".", path);
      return switch (stored.shape()) {
        case SCALAR -> one(stored.column(), Type.Repetition.OPTIONAL, name, dotted);
        case LIST ->
            Types.optionalGroup()
                .addField(
                    Types.repeatedGroup()
                        .addField(
                            one(
                                stored.column(),
                                Type.Repetition.REQUIRED,
                                "element",
                                dotted + ".list.element"))
                        .named("list"))
                .as(LogicalTypeAnnotation.listType())
                .id(fieldId(dotted))
                .named(name);
      };
    }

    private Type one(TargetColumn column, Type.Repetition repetition, String name, String path) {
      return switch (column.kind()) {
        case TEXT ->
            Types.primitive(PrimitiveTypeName.BINARY, repetition)
                .as(LogicalTypeAnnotation.stringType())
                .id(fieldId(path))
                .named(name);
        case INT ->
            Types.primitive(PrimitiveTypeName.INT64, repetition).id(fieldId(path)).named(name);
        case FLOAT ->
            Types.primitive(PrimitiveTypeName.DOUBLE, repetition).id(fieldId(path)).named(name);
        case GEO ->
            Types.buildGroup(repetition)
                .addField(coordinate("latitude", path))
                .addField(coordinate("longitude", path))
                .id(fieldId(path))
                .named(name);
      };
    }

    private Type coordinate(String name, String path) {
      return Types.required(PrimitiveTypeName.DOUBLE).id(fieldId(path + "." + name)).named(name);
    }

    /** The first 30 bits of the path's hash; the next free number if another path has that. */
    private int fieldId(String path) {
      int id = (int) (IdHash.of(path).high() >>> (Long.SIZE - FIELD_ID_BITS));
      while (!taken.add(id)) {
        id = (id + 1) & ((1 << FIELD_ID_BITS) - 1);
      }
      return id;
    }
  }

  private static String[] in(String[] path, String name) {
    String[] longer = Arrays.copyOf(path, path.length + 1);
    longer[path.length] = name;
    return longer;
  }
}
