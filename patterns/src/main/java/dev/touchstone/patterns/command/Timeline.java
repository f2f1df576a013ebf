package dev.touchstone.patterns.command;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The positions of a history: a tree whose edges are edits, with one current node. */
final class Timeline<T> {

  /*
   * Each node but the root has one edit, which crosses the edge to its parent: from the node to the
   * parent while the node lies on the path from the root to the current node, and from the parent
   * to the node otherwise. Crossing the edge replaces the edit by its inverse.
   *
   * Each node knows the child that was visited last. From the root these links lead along the path
   * to the current node, and from there on along what redo would do.
   *
   * What exceeds the limits is forgotten from the root: first its other branches, then the root
   * itself, whose child takes its place.
   */

  private final long limit;
  private final long maxWeight;
  private final boolean branching;

  private Node<T> root = new Node<>("", null);
  private Node<T> current = root;
  private long size;
  private long weight;

  Timeline(long limit, long maxWeight, boolean branching) {
    this.limit = limit;
    this.maxWeight = maxWeight;
    this.branching = branching;
  }

  Node<T> current() {
    return current;
  }

  /** Returns the node that redo leads to, or null. */
  @Nullable
  Node<T> next() {
    return current.visited;
  }

  long size() {
    return size;
  }

  long weight() {
    return weight;
  }

  /** Adds a node after the current one and makes it current. */
  void push(String label, Edit<T> inverse) {
    var node = new Node<>(label, current);
    node.setEdit(inverse);
    if (!branching) {
      forget(current.children);
    }
    current.children.add(node);
    current.visited = node;
    current = node;
    size++;
    weight += node.weight;
    enforceLimits();
  }

  /** Replaces the edit of the current node by one that also covers what was just applied. */
  void merge(Edit<T> inverse) {
    replaceEdit(current, inverse);
    enforceLimits();
  }

  /** Takes the current node away, because its edits cancel; its parent is current again. */
  void cancel() {
    var node = current;
    moveUp();
    current.children.remove(node);
    current.visited = current.children.isEmpty() ? null : current.children.getLast();
    forget(node);
  }

  /** Makes the parent current, the edge having been crossed. */
  void moveUp(Edit<T> inverse) {
    replaceEdit(current, inverse);
    moveUp();
  }

  private void moveUp() {
    current = parentOf(current);
  }

  /** Makes a child current, the edge to it having been crossed. */
  void moveDown(Node<T> child, Edit<T> inverse) {
    replaceEdit(child, inverse);
    current.visited = child;
    current = child;
  }

  private void replaceEdit(Node<T> node, Edit<T> edit) {
    weight -= node.weight;
    node.setEdit(edit);
    weight += node.weight;
  }

  /** Returns the nodes below the current one that lead to the given one, which comes last. */
  List<Node<T>> wayDownTo(Node<T> target) {
    var path = new HashSet<Node<T>>();
    for (@Nullable Node<T> node = current; node != null; node = node.parent) {
      path.add(node);
    }
    var way = new ArrayDeque<Node<T>>();
    for (var node = target; !path.contains(node); node = parentOf(node)) {
      way.addFirst(node);
    }
    return List.copyOf(way);
  }

  /** Returns all positions from the oldest over the current one to the last that redo leads to. */
  List<Position> line() {
    var line = new ArrayList<Position>();
    for (@Nullable Node<T> node = root; node != null; node = node.visited) {
      line.add(node);
    }
    return List.copyOf(line);
  }

  /** Returns whether a node that is not forgotten is one of this tree. */
  boolean contains(Node<T> target) {
    var node = target;
    while (node.parent != null) {
      node = node.parent;
    }
    return node == root;
  }

  Node<T> parentOf(Node<T> node) {
    return requireNonNull(node.parent);
  }

  /** Forgets everything and begins with a new root. */
  void clear() {
    forget(root);
    root = new Node<>("", null);
    current = root;
    size = 0;
    weight = 0;
  }

  private void enforceLimits() {
    while (size > limit || weight > maxWeight) {
      var first = root.visited;
      if (root.children.size() > 1) {
        var branch = root.children.get(root.children.getFirst() == first ? 1 : 0);
        root.children.remove(branch);
        forget(branch);
      } else if (first != null && root != current && first != current) {
        forgetRoot(first);
      } else {
        return; // the last edit is kept, however heavy, or there is only something to redo
      }
    }
  }

  private void forgetRoot(Node<T> successor) {
    size--;
    weight -= successor.weight;
    root.letGo();
    successor.becomeRoot();
    root = successor;
  }

  private void forget(List<Node<T>> branches) {
    branches.forEach(this::forget);
    branches.clear();
  }

  private void forget(Node<T> branch) {
    var nodes = new ArrayDeque<Node<T>>();
    nodes.add(branch);
    for (var node = nodes.pollLast(); node != null; node = nodes.pollLast()) {
      nodes.addAll(node.children);
      size--;
      weight -= node.weight;
      node.letGo();
    }
  }

  /** A position, and the edit between it and its parent. */
  static final class Node<T> implements Position {

    private final String label;
    private final List<Node<T>> children = new ArrayList<>(1);
    private @Nullable Node<T> parent;
    private @Nullable Node<T> visited;
    private @Nullable Edit<T> edit;
    private long weight;
    private boolean forgotten;

    private Node(String label, @Nullable Node<T> parent) {
      this.label = label;
      this.parent = parent;
    }

    private void setEdit(Edit<T> edit) {
      long units = edit.weight();
      if (units < 0) {
        throw new IllegalArgumentException(
            "the weight of an edit must be at least 0, that of " + edit.label() + " was " + units);
      }
      this.edit = edit;
      this.weight = units;
    }

    /** Forgets all others, so that whoever keeps this position does not keep them too. */
    private void letGo() {
      forgotten = true;
      edit = null;
      parent = null;
      visited = null;
      children.clear();
    }

    private void becomeRoot() {
      parent = null;
      edit = null;
      weight = 0;
    }

    /** Returns the edit that crosses the edge to the parent; null at the root. */
    @Nullable
    Edit<T> edit() {
      return edit;
    }

    boolean isForgotten() {
      return forgotten;
    }

    @Override
    public String label() {
      return label;
    }

    @Override
    public String toString() {
      return "Position[" + (label.isEmpty() ? "oldest" : label) + "]";
    }
  }
}
