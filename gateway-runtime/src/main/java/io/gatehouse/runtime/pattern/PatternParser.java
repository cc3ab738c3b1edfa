package io.gatehouse.runtime.pattern;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a pattern into a tree. */
final class PatternParser {

  static final int MAX_LENGTH = 4_096;
  static final int MAX_DEPTH = 200;

  private final Source source;
  private final EscapeParser escapes;
  private final ClassParser classes;
  private final Map<String, Integer> names = new HashMap<>();
  private Flags flags = Flags.NONE;
  private int groups;
  private boolean references;
  private boolean supplementary;

  private PatternParser(String pattern) {
    this.source = new Source(pattern);
    this.escapes = new EscapeParser(source);
    this.classes = new ClassParser(source, escapes, MAX_DEPTH);
  }

  /**
   * What a pattern's text says.
   *
   * @param groups how many capture, beside the whole
   * @param references whether it refers back to what a group has captured
   * @param supplementary whether a search keeps off the middle of surrogate pairs
   */
  record Parsed(
      Node root,
      int groups,
      Map<String, Integer> names,
      boolean references,
      boolean supplementary) {}

  static Parsed parse(String pattern) throws InvalidPattern {
    if (pattern.length() > MAX_LENGTH) {
      throw new InvalidPattern("more than " + MAX_LENGTH + " characters", MAX_LENGTH);
    }
    var parser = new PatternParser(pattern);
    var root = parser.alternation(0);
    if (parser.source.peek() != Source.END) {
      throw parser.source.invalid("a ) without its (");
    }
    return new Parsed(
        root, parser.groups, Map.copyOf(parser.names), parser.references, parser.supplementary);
  }

  private Node alternation(int depth) throws InvalidPattern {
    if (depth > MAX_DEPTH) {
      throw source.invalid("groups nested too deeply");
    }
    var branches = new ArrayList<Node>();
    do {
      branches.add(sequence(depth));
    } while (source.take('|'));
    return branches.size() == 1 ? branches.getFirst() : new Node.Alternation(branches);
  }

  private Node sequence(int depth) throws InvalidPattern {
    var parts = new ArrayList<Node>();
    for (; ; ) {
      switch (source.peek()) {
        case Source.END, '|', ')' -> {
          return parts.size() == 1 ? parts.getFirst() : new Node.Sequence(List.copyOf(parts));
        }
        case '(' -> {
          source.next();
          var group = group(depth);
          if (group != null) {
            parts.add(repeated(group));
          }
        }
        case '?', '*', '+' ->
            throw source.invalid((char) source.peek() + " with nothing before it to repeat");
        default -> parts.add(repeated(single(depth)));
      }
    }
  }

  private Node single(int depth) throws InvalidPattern {
    // A brace with nothing before it repeats the empty text.
    if (source.peek() == '{') {
      return Node.EMPTY;
    }
    var symbol = source.next();
    return switch (symbol) {
      case '[' -> oneOf(classes.bracketed(flags, depth));
      case '.' -> new Node.OneOf(dot());
      case '^' -> new Node.At(lineBegin());
      case '$' -> new Node.At(flags.multiline() ? lineEnd() : lastLineEnd());
      case '\\' -> escape();
      default -> oneOf(Letters.single(Source.codePoint(symbol), flags));
    };
  }

  private Node oneOf(CodePoints set) {
    supplementary |= !set.basic();
    return new Node.OneOf(set);
  }

  private Boundary lineBegin() {
    if (!flags.multiline()) {
      return Boundary.BEGIN;
    }
    return flags.unixLines() ? Boundary.UNIX_LINE_BEGIN : Boundary.LINE_BEGIN;
  }

  private Boundary lineEnd() {
    return flags.unixLines() ? Boundary.UNIX_LINE_END : Boundary.LINE_END;
  }

  private Boundary lastLineEnd() {
    return flags.unixLines() ? Boundary.UNIX_LAST_LINE_END : Boundary.LAST_LINE_END;
  }

  private CodePoints dot() {
    if (flags.dotAll()) {
      return CodePoints.where(c -> true);
    }
    return flags.unixLines()
        ? CodePoints.where(c -> c != '\n')
        : CodePoints.where(c -> !Boundary.isTerminator(c));
  }

  private Node escape() throws InvalidPattern {
    var set = escapes.set(flags);
    if (set != null) {
      return oneOf(set);
    }
    var letter = source.peekRaw();
    var boundary = boundary(letter);
    if (boundary != null) {
      source.nextRaw();
      return new Node.At(boundary);
    }
    return switch (letter) {
      case 'R' -> {
        source.nextRaw();
        yield new Node.LineEnding();
      }
      case 'X' -> throw source.invalid("\\X (grapheme clusters) is not supported");
      case 'k' -> namedReference();
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> numberedReference();
      default -> oneOf(Letters.single(escapes.character(), flags));
    };
  }

  private Boundary boundary(int letter) throws InvalidPattern {
    var unicode = flags.unicodeClasses();
    return switch (letter) {
      case 'A' -> Boundary.BEGIN;
      case 'G' -> Boundary.PREVIOUS_END;
      case 'Z' -> lastLineEnd();
      case 'z' -> Boundary.END;
      case 'B' -> unicode ? Boundary.NOT_UNICODE_WORD : Boundary.NOT_WORD;
      case 'b' -> {
        refuseGraphemeBoundary();
        yield unicode ? Boundary.UNICODE_WORD : Boundary.WORD;
      }
      default -> null;
    };
  }

  private void refuseGraphemeBoundary() throws InvalidPattern {
    var before = source.cursor();
    source.nextRaw();
    if (source.nextRaw() == '{' && source.nextRaw() == 'g' && source.nextRaw() == '}') {
      throw source.invalid("\\b{g} (grapheme boundaries) is not supported", before);
    }
    source.backTo(before);
  }

  private Node namedReference() throws InvalidPattern {
    var at = source.cursor();
    source.nextRaw();
    if (source.nextRaw() != '<') {
      throw source.invalid("\\k wants the name of a group in < and >", at);
    }
    var name = groupName();
    var number = names.get(name);
    if (number == null) {
      throw source.invalid("no group has the name \"" + name + "\" yet", at);
    }
    references = true;
    return new Node.BackReference(number, flags.ignoreCase(), flags.unicodeCase());
  }

  /** As many digits as name a group that has begun; the first always does. */
  private Node numberedReference() {
    var number = source.nextRaw() - '0';
    for (var digit = source.peek(); digit >= '0' && digit <= '9'; digit = source.peek()) {
      var longer = number * 10 + digit - '0';
      if (longer > groups) {
        break;
      }
      number = longer;
      source.next();
    }
    references = true;
    return new Node.BackReference(number, flags.ignoreCase(), flags.unicodeCase());
  }

  private String groupName() throws InvalidPattern {
    var at = source.cursor();
    var name = new StringBuilder();
    for (var c = source.nextRaw(); c != '>'; c = source.nextRaw()) {
      var fits = Properties.isAlpha(c) || (c >= '0' && c <= '9' && !name.isEmpty());
      if (!fits) {
        throw source.invalid(
            "a group's name is letters and digits of ASCII, a letter first, and ends in >", at);
      }
      name.append((char) c);
    }
    if (name.isEmpty()) {
      throw source.invalid("a group's name is empty", at);
    }
    return name.toString();
  }

  /** The opening parenthesis is taken. Null for flags alone, which hold to the end of the group. */
  private Node group(int depth) throws InvalidPattern {
    if (!source.take('?')) {
      var number = ++groups;
      return new Node.Group(body(depth, flags), number);
    }
    var kind = source.peek();
    if (kind == '<') {
      source.next();
      return behindOrNamed(depth);
    }
    if (kind == ':' || kind == '=' || kind == '!' || kind == '>') {
      source.next();
      var body = body(depth, flags);
      return switch (kind) {
        case ':' -> new Node.Group(body, 0);
        case '>' -> new Node.Atomic(body);
        default -> new Node.Ahead(body, kind == '!');
      };
    }
    return flags(depth);
  }

  /** Up to the closing parenthesis, which is taken; then the outer flags hold again. */
  private Node body(int depth, Flags outer) throws InvalidPattern {
    var at = source.cursor();
    var body = alternation(depth + 1);
    if (!source.take(')')) {
      throw source.invalid("a ( without its )", at);
    }
    use(outer);
    return body;
  }

  private void use(Flags inForce) {
    flags = inForce;
    source.use(inForce);
  }

  private Node behindOrNamed(int depth) throws InvalidPattern {
    var at = source.cursor();
    var kind = source.peek();
    if (kind == '=' || kind == '!') {
      source.next();
      var byCodePoints = source.hasSupplementaryFrom(at);
      var body = body(depth, flags);
      var width = Width.of(body);
      if (!width.hasEnd()) {
        throw source.invalid("a look-behind of no obvious greatest length", at);
      }
      return new Node.Behind(body, kind == '!', width.min(), width.max(), byCodePoints);
    }
    var name = groupName();
    var number = ++groups;
    if (names.putIfAbsent(name, number) != null) {
      throw source.invalid("a second group with the name \"" + name + "\"", at);
    }
    return new Node.Group(body(depth, flags), number);
  }

  private Node flags(int depth) throws InvalidPattern {
    var outer = flags;
    var changed = flags;
    var on = true;
    for (; ; ) {
      var letter = source.peek();
      var bits = Flags.bitsOf(letter);
      if (letter == ')' || letter == ':') {
        source.next();
        use(changed);
        return letter == ')' ? null : new Node.Group(body(depth, outer), 0);
      } else if (letter == '-' && on) {
        on = false;
      } else if (bits == 0) {
        throw source.invalid("(? with neither a flag nor a kind of group after it");
      } else {
        changed = on ? changed.with(bits) : changed.without(bits);
      }
      source.next();
      // The letters after an x are read with comments passed over already.
      source.use(changed);
    }
  }

  private Node repeated(Node node) throws InvalidPattern {
    return switch (source.peek()) {
      case '?' -> {
        source.next();
        yield repeat(node, 0, 1);
      }
      case '*' -> {
        source.next();
        yield repeat(node, 0, Node.NO_END);
      }
      case '+' -> {
        source.next();
        yield repeat(node, 1, Node.NO_END);
      }
      case '{' -> {
        source.next();
        yield counted(node);
      }
      default -> node;
    };
  }

  private Node counted(Node node) throws InvalidPattern {
    var at = source.cursor();
    var min = count(at);
    var max = min;
    if (source.take(',')) {
      max = source.peek() == '}' ? Node.NO_END : count(at);
    }
    if (!source.take('}')) {
      throw source.invalid("a counted repeat without its }", at);
    }
    if (max < min) {
      throw source.invalid("a repeat of more than its greatest number", at);
    }
    return repeat(node, min, max);
  }

  private int count(int at) throws InvalidPattern {
    var count = 0L;
    var digits = 0;
    for (var c = source.peek(); c >= '0' && c <= '9'; c = source.peek()) {
      source.next();
      count = count * 10 + c - '0';
      digits++;
      if (count > Integer.MAX_VALUE) {
        throw source.invalid("a repeat of more than " + Integer.MAX_VALUE, at);
      }
    }
    if (digits == 0) {
      throw source.invalid("a { that is no counted repeat", at);
    }
    return (int) count;
  }

  private Node repeat(Node node, int min, int max) {
    var greed = Node.Greed.GREEDY;
    if (source.take('?')) {
      greed = Node.Greed.RELUCTANT;
    } else if (source.take('+')) {
      greed = Node.Greed.POSSESSIVE;
    }
    var optional = min == 0 && max == 1;
    return new Node.Repeat(settled(node, optional), min, max, greed);
  }

  /**
   * As in java.util.regex, a line ending that is repeated does not think again about its length.
   */
  private static Node settled(Node node, boolean optional) {
    return switch (node) {
      case Node.LineEnding ending -> new Node.Atomic(ending);
      case Node.Group(var body, var number) -> {
        var width = Width.of(body);
        var settles = !optional && width.fixed() && width.hasEnd() && width.min() < width.max();
        yield settles ? new Node.Group(new Node.Atomic(body), number) : node;
      }
      default -> node;
    };
  }
}
