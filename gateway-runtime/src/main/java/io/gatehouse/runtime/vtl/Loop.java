package io.gatehouse.runtime.vtl;

/** What {@code $foreach} stands for inside a loop. */
final class Loop {

  final Loop parent;
  private final int size;
  int index;

  Loop(Loop parent, int size) {
    this.parent = parent;
    this.size = size;
  }

  boolean hasNext() {
    return index + 1 < size;
  }

  /** A property of {@code $foreach}, null for one it does not have. */
  Object property(String name) {
    return switch (name) {
      case "count" -> index + 1;
      case "index" -> index;
      case "hasNext" -> hasNext();
      case "first" -> index == 0;
      case "last" -> !hasNext();
      case "parent" -> parent;
      case "topmost" -> topmost();
      default -> null;
    };
  }

  private Loop topmost() {
    Loop top = this;
    while (top.parent != null) {
      top = top.parent;
    }
    return top;
  }

  @Override
  public String toString() {
    return "";
  }
}
