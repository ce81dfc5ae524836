package dev.historics.archive;

import dev.historics.archive.TargetColumn.Kind;
import dev.historics.archive.json.JsonTokens;
import dev.historics.archive.json.KeyTable;
import java.nio.charset.StandardCharsets;
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
      node = node.childFor(key);
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
    private final KeyTable<Node> byBytes = new KeyTable<>();
    private int column = NONE;
    private Kind kind = Kind.TEXT;
    private Role role = Role.NONE;

    /** What the key that {@code json} has just read in {@code raw} leads to; null if nowhere. */
    Node child(byte[] raw, JsonTokens json) {
      if (children.isEmpty()) {
        return null;
      }
      if (json.hasEscapes()) {
        return child(json.text());
      }
      Node exact = byBytes.get(raw, json.from(), json.to());
      return exact != null || KeyTable.isLowerCase(raw, json.from(), json.to())
          ? exact
          : child(json.text());
    }

    private Node child(String key) {
      Node exact = children.get(key);
      return exact != null ? exact : children.get(key.toLowerCase(Locale.ROOT));
    }

    private Node childFor(String key) {
      Node child = children.get(key);
      if (child == null) {
        child = new Node();
        children.put(key, child);
        byBytes.put(key.getBytes(StandardCharsets.UTF_8), child);
      }
      return child;
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
