package dev.historics.archive;

import dev.historics.archive.TargetColumn.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The targets of a shredder by their keys. Immutable once it is made. */
final class TargetTree {
  private final Node root = new Node();
  private final int rawContent;

  /**
   * @throws IllegalArgumentException if a target is there twice, or is no path of lower-case keys
   */
  TargetTree(List<TargetColumn> columns) {
    for (int i = 0; i < columns.size(); i++) {
      plant(columns.get(i), i);
    }
    this.rawContent = columns.indexOf(new TargetColumn(Stripping.RAW_CONTENT, Kind.TEXT));
    columns.forEach(this::giveRoles);
  }

  private void plant(TargetColumn target, int number) {
    String name = target.target();
    if (!name.equals(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("expected a lower-case target, got '%s'".formatted(name));
    }
    Node node = place(name);
    if (node.isColumn()) {
      throw new IllegalArgumentException("target '%s' is there twice".formatted(name));
    }
    node.column = number;
    node.kind = target.kind();
  }

  /** The place of a target, made if nobody asked for it yet. */
  private Node place(String target) {
    Node node = root;
    for (String key : target.split("\\.", -1)) {
      if (key.isEmpty()) {
        throw new IllegalArgumentException(
            "expected a target such as 'interaction.content', got '%s'".formatted(target));
      }
      node = node.children.computeIfAbsent(key, unused -> new Node());
    }
    return node;
  }

  /** Content hangs on some places, be they columns or not. */
  private void giveRoles(TargetColumn column) {
    String target = column.target();
    if (column.kind() != Kind.TEXT || !Stripping.concerns(target)) {
      return;
    }
    if (target.equals(Stripping.RAW_CONTENT)) {
      place(target).role = Role.RAW_CONTENT;
      place(Stripping.CONTENT).role = Role.CONTENT;
    } else {
      place(target).role = target.equals(Stripping.CONTENT) ? Role.CONTENT : Role.TWEET_TEXT;
      place(Stripping.TYPE).role = Role.TYPE;
    }
  }

  Node root() {
    return root;
  }

  /** The column of the raw content, if it is wanted as a text; else negative. */
  int rawContent() {
    return rawContent;
  }

  /** What a place has to do with content. */
  enum Role {
    NONE,
    TYPE,
    CONTENT,
    TWEET_TEXT,
    RAW_CONTENT
  }

  /** A key on the way to some target. */
  static final class Node {
    private static final int NONE = -1;

    private final Map<String, Node> children = new HashMap<>();
    private int column = NONE;
    private Kind kind = Kind.TEXT;
    private Role role = Role.NONE;

    Node child(String key) {
      Node exact = children.get(key);
      return exact != null ? exact : children.get(key.toLowerCase(Locale.ROOT));
    }

    boolean isColumn() {
      return column != NONE;
    }

    /** The number of the target, if it is a column. */
    int column() {
      return column;
    }

    Kind kind() {
      return kind;
    }

    Role role() {
      return role;
    }

    boolean isStripped() {
      return isColumn() && kind == Kind.TEXT && (role == Role.CONTENT || role == Role.TWEET_TEXT);
    }

    boolean wantsScalars() {
      return isColumn() || role != Role.NONE;
    }

    boolean isGeo() {
      return isColumn() && kind == Kind.GEO;
    }

    boolean looksInside() {
      return !children.isEmpty() || isGeo();
    }
  }
}
