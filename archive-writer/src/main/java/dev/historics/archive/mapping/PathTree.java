package dev.historics.archive.mapping;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All paths that one mapping asks for, by their keys. Never changes once it is built. */
final class PathTree {
  /** What a key leads to when nobody asks for anything there. */
  static final Node NOTHING = new Node(-1, -1, -1, new byte[0][], new Node[0]);

  private final Node root;
  private final int nodes;
  private final int slots;

  private PathTree(Node root, int nodes, int slots) {
    this.root = root;
    this.nodes = nodes;
    this.slots = slots;
  }

  Node root() {
    return root;
  }

  /** One more than the largest {@link Node#number}. */
  int nodes() {
    return nodes;
  }

  int slots() {
    return slots;
  }

  /** A key's place among the paths. */
  static final class Node {
    private final int number;
    private final int valueSlot;
    private final int presenceSlot;
    private final byte[][] keys;
    private final Node[] children;

    private Node(int number, int valueSlot, int presenceSlot, byte[][] keys, Node[] children) {
      this.number = number;
      this.valueSlot = valueSlot;
      this.presenceSlot = presenceSlot;
      this.keys = keys;
      this.children = children;
    }

    int number() {
      return number;
    }

    /** Where strings, numbers and booleans found here belong; negative if nobody asks for them. */
    int valueSlot() {
      return valueSlot;
    }

    /** Where anything but null is noted, objects too; negative if nobody asks. */
    int presenceSlot() {
      return presenceSlot;
    }

    /** What the key in {@code [start, end)} leads to, {@link #NOTHING} if nobody asks for it. */
    Node child(byte[] in, int start, int end) {
      for (int k = 0; k < keys.length; k++) {
        if (same(keys[k], in, start, end)) {
          return children[k];
        }
      }
      return NOTHING;
    }

    private static boolean same(byte[] key, byte[] in, int start, int end) {
      if (key.length != end - start) {
        return false;
      }
      for (int i = 0; i < key.length; i++) {
        if (key[i] != in[start + i]) {
          return false;
        }
      }
      return true;
    }
  }

  /** Collects paths and numbers them. Owned by one thread. */
  static final class Builder {
    private final Growing root = new Growing();
    private int nodes;
    private int slots;

    /** The path for the values at {@code text}; asking again gives an equal one. */
    FieldPath value(String text) {
      Growing node = node(text);
      if (node.valueSlot < 0) {
        node.valueSlot = slots++;
      }
      return new FieldPath(text, node.valueSlot);
    }

    /** The path that tells whether there is anything at {@code text}, be it an object. */
    FieldPath presence(String text) {
      Growing node = node(text);
      if (node.presenceSlot < 0) {
        node.presenceSlot = slots++;
      }
      return new FieldPath(text, node.presenceSlot);
    }

    PathTree build() {
      nodes = 0;
      Node built = freeze(root);
      return new PathTree(built, nodes, slots);
    }

    private Growing node(String text) {
      Growing node = root;
      for (String key : text.split("\\.", -1)) {
        node = node.children.computeIfAbsent(key, k -> new Growing());
      }
      return node;
    }

    private Node freeze(Growing node) {
      int number = nodes++;
      List<byte[]> keys = new ArrayList<>();
      List<Node> children = new ArrayList<>();
      for (Map.Entry<String, Growing> child : node.children.entrySet()) {
        keys.add(child.getKey().getBytes(StandardCharsets.UTF_8));
        children.add(freeze(child.getValue()));
      }
      return new Node(
          number,
          node.valueSlot,
          node.presenceSlot,
          keys.toArray(new byte[0][]),
          children.toArray(new Node[0]));
    }

    private static final class Growing {
      private final Map<String, Growing> children = new LinkedHashMap<>();
      private int valueSlot = -1;
      private int presenceSlot = -1;
    }
  }
}
