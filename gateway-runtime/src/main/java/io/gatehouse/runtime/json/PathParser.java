package io.gatehouse.runtime.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the text of a path. */
final class PathParser {

  private static final int MAX_STEPS = 128;

  private final PathText text;

  PathParser(String path) {
    if (path.length() > JsonPath.MAX_LENGTH) {
      throw new InvalidPath("A path is at most " + JsonPath.MAX_LENGTH + " characters long");
    }
    this.text = new PathText(path.strip());
  }

  JsonPath path() {
    if (text.atEnd()) {
      throw text.wrong("a path");
    }
    List<PathStep> steps = new ArrayList<>();
    if (text.took('@')) {
      throw new InvalidPath("A path starts with $, @ stands in filters only");
    }
    if (!text.took('$') && text.peek() != '[' && text.peek() != '.') {
      steps.add(new PathStep.Name(text.name()));
    }
    JsonPath path = rest(text, steps, 0);
    if (!text.atEnd()) {
      throw text.wrong("., [ or the end of the path");
    }
    return path;
  }

  /** The steps of a path after its {@code $} or {@code @}, as far as they go. */
  static JsonPath rest(PathText text, List<PathStep> steps, int depth) {
    PathFunction function = null;
    while (function == null && (text.peek() == '.' || text.peek() == '[')) {
      if (steps.size() == MAX_STEPS) {
        throw new InvalidPath("A path has at most " + MAX_STEPS + " steps");
      }
      if (text.took("..")) {
        steps.add(new PathStep.Scan(text.peek() == '[' ? brackets(text, depth) : member(text)));
      } else if (text.took('.')) {
        if (text.peek() == '[') {
          steps.add(brackets(text, depth));
        } else {
          function = function(text);
          if (function == null) {
            steps.add(member(text));
          }
        }
      } else {
        steps.add(brackets(text, depth));
      }
    }
    return new JsonPath(steps, function);
  }

  private static PathStep member(PathText text) {
    return text.took('*') ? new PathStep.Wildcard() : new PathStep.Name(text.name());
  }

  /** {@code name()} at the end of a path; what it does not know is refused, not looked for. */
  private static PathFunction function(PathText text) {
    String name = text.call();
    if (name == null) {
      return null;
    }
    for (PathFunction known : PathFunction.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(name)) {
        return known;
      }
    }
    throw new InvalidPath("The function " + name + "() is not supported in a path");
  }

  private static PathStep brackets(PathText text, int depth) {
    text.expect('[');
    text.space();
    PathStep step;
    if (text.took('*')) {
      step = new PathStep.Wildcard();
    } else if (text.took('?')) {
      text.space();
      text.expect('(');
      step = new PathStep.Filter(new ConditionParser(text).condition(depth + 1));
      text.space();
      text.expect(')');
    } else if (text.peek() == '\'' || text.peek() == '"') {
      step = names(text);
    } else {
      step = places(text);
    }
    text.space();
    text.expect(']');
    return step;
  }

  private static PathStep names(PathText text) {
    List<String> names = new ArrayList<>();
    do {
      text.space();
      names.add(text.quoted());
      text.space();
    } while (text.took(','));
    return names.size() == 1
        ? new PathStep.Name(names.getFirst())
        : new PathStep.Names(List.copyOf(names));
  }

  private static PathStep places(PathText text) {
    Integer first = text.peek() == ':' ? null : (Integer) text.integer();
    text.space();
    if (text.took(':')) {
      text.space();
      Integer end = text.peek() == ']' ? null : (Integer) text.integer();
      return new PathStep.Slice(first, end);
    }
    List<PathStep.Index> places = new ArrayList<>();
    places.add(new PathStep.Index(first));
    while (text.took(',')) {
      text.space();
      places.add(new PathStep.Index(text.integer()));
      text.space();
    }
    return places.size() == 1 ? places.getFirst() : new PathStep.Indexes(List.copyOf(places));
  }
}
