package io.gatehouse.runtime.vtl;

import io.gatehouse.runtime.vtl.Directives.Text;
import java.util.ArrayList;
import java.util.List;

/** Reads text with references and directives in it. White space follows Velocity 1.7. */
final class TemplateParser {

  private final Cursor cursor;
  private final int expressionDepth;
  private final DirectiveParser directives;

  /** How deep in blocks we are. */
  private int depth;

  /** Where the last piece of text ended. */
  private int textEnd = -1;

  /** The directive that ended the last block, null at the end of the text. */
  private String ending;

  TemplateParser(Compilation compilation) {
    this(new Cursor(compilation, compilation.text, 0, 0), 0, 0);
  }

  TemplateParser(Cursor cursor, int depth, int expressionDepth) {
    this.cursor = cursor;
    this.depth = depth;
    this.expressionDepth = expressionDepth;
    this.directives = new DirectiveParser(cursor, this);
  }

  /** The whole text. */
  Block template() throws InvalidTemplate {
    Block block = block();
    if (ending != null) {
      throw cursor.invalid("#" + ending + " belongs to no #if, #foreach, #macro or #define");
    }
    return block;
  }

  /** Up to what ends a block, which is passed and kept as {@link #ending()}. */
  Block block() throws InvalidTemplate {
    if (++depth > Limits.BLOCKS) {
      throw cursor.invalid("Blocks are nested at most " + Limits.BLOCKS + " deep");
    }
    List<Node> nodes = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    ending = null;
    while (!cursor.atEnd() && ending == null) {
      next(nodes, text);
    }
    flush(nodes, text);
    depth--;
    return new Block(nodes);
  }

  String ending() {
    return ending;
  }

  ExpressionParser expressions() {
    return new ExpressionParser(cursor, depth, expressionDepth);
  }

  private void next(List<Node> nodes, StringBuilder text) throws InvalidTemplate {
    if (cursor.at != textEnd && isSpaceBeforeSet()) {
      cursor.space();
    }
    switch (cursor.peek()) {
      case '$' -> dollar("", nodes, text);
      case '#' -> hash(nodes, text);
      case '\\' -> backslashes(nodes, text);
      default -> plain(text);
    }
  }

  private void plain(StringBuilder text) {
    int from = cursor.at;
    while (!cursor.atEnd() && "$#\\".indexOf(cursor.peek()) < 0) {
      cursor.at++;
    }
    text.append(cursor.text, from, cursor.at);
    textEnd = cursor.at;
  }

  /** Velocity 1.7 drops the white space before a #set, unless text stands before it. */
  private boolean isSpaceBeforeSet() {
    int here = cursor.at;
    while (cursor.peek() == ' ' || cursor.peek() == '\t') {
      cursor.at++;
    }
    boolean is =
        cursor.at > here
            && cursor.peek() == '#'
            && "set".equals(cursor.directive())
            && cursor.tookOpening();
    cursor.at = here;
    return is;
  }

  private static void flush(List<Node> nodes, StringBuilder text) {
    if (!text.isEmpty()) {
      nodes.add(new Text(text.toString()));
      text.setLength(0);
    }
  }

  private void dollar(String backslashes, List<Node> nodes, StringBuilder text)
      throws InvalidTemplate {
    if (isEscapedQuiet()) {
      quietEscape(backslashes, text);
      return;
    }
    Reference reference = expressions().references().inText();
    if (reference == null) {
      text.append(backslashes).append('$');
      cursor.at++;
      textEnd = cursor.at;
      return;
    }
    flush(nodes, text);
    nodes.add(backslashes.isEmpty() ? reference : new EscapedReference(backslashes, reference));
  }

  /** {@code $\!name}. */
  private boolean isEscapedQuiet() {
    int i = 1;
    while (cursor.peek(i) == '\\') {
      i++;
    }
    return i > 1
        && cursor.peek(i) == '!'
        && (Cursor.isLetter(cursor.peek(i + 1)) || cursor.peek(i + 1) == '{');
  }

  /** One backslash goes, and what follows is text. */
  private void quietEscape(String backslashes, StringBuilder text) {
    text.append(backslashes).append('$');
    cursor.at += 2;
    while (cursor.peek() == '\\') {
      text.append('\\');
      cursor.at++;
    }
    text.append('!');
    cursor.at++;
  }

  private void backslashes(List<Node> nodes, StringBuilder text) throws InvalidTemplate {
    int from = cursor.at;
    while (cursor.peek() == '\\') {
      cursor.at++;
    }
    String backslashes = cursor.text.substring(from, cursor.at);
    if (cursor.peek() == '$') {
      dollar(backslashes, nodes, text);
    } else if (cursor.peek() == '#') {
      escapedHash(backslashes, text);
    } else {
      text.append(backslashes);
      textEnd = cursor.at;
    }
  }

  /** Before a directive two backslashes print as one, and an odd one makes it text. */
  private void escapedHash(String backslashes, StringBuilder text) {
    int hash = cursor.at;
    String name = cursor.directive();
    if (name == null || !directives.knows(name)) {
      text.append(backslashes);
      cursor.at = hash;
      plainHash(text);
    } else if (backslashes.length() % 2 == 1) {
      text.append(backslashes, 0, backslashes.length() / 2);
      text.append(cursor.text, hash, cursor.at);
    } else {
      int kept = name.equals("set") ? backslashes.length() : backslashes.length() / 2;
      text.append(backslashes, 0, kept);
      cursor.at = hash;
    }
  }

  private void plainHash(StringBuilder text) {
    if (cursor.peek(1) != '#' && cursor.peek(1) != '*' && cursor.peek(1) != '[') {
      text.append('#');
      cursor.at++;
    }
  }

  private void hash(List<Node> nodes, StringBuilder text) throws InvalidTemplate {
    if (cursor.startsWith("##")) {
      lineComment();
    } else if (cursor.took("#*")) {
      through("*#", "A comment that begins with #* must end with *#");
    } else if (cursor.took("#[[")) {
      text.append(through("]]#", "Text that begins with #[[ must end with ]]#"));
    } else {
      directive(nodes, text);
    }
  }

  /** To the end of the line, and over it. */
  private void lineComment() {
    while (!cursor.atEnd() && cursor.peek() != '\n' && cursor.peek() != '\r') {
      cursor.at++;
    }
    cursor.endOfLine();
  }

  private String through(String end, String sentence) throws InvalidTemplate {
    int found = cursor.text.indexOf(end, cursor.at);
    if (found < 0) {
      throw cursor.invalid(sentence);
    }
    String text = cursor.text.substring(cursor.at, found);
    cursor.at = found + end.length();
    return text;
  }

  private void directive(List<Node> nodes, StringBuilder text) throws InvalidTemplate {
    int hash = cursor.at;
    String name = cursor.directive();
    if (name == null || !directives.knows(name)) {
      text.append('#');
      cursor.at = hash + 1;
      textEnd = cursor.at;
      return;
    }
    if (name.equals("end") || name.equals("else") || name.equals("elseif")) {
      ending = name;
      if (!name.equals("elseif")) {
        cursor.endOfLine();
      }
      return;
    }
    Node node = directives.directive(name, hash);
    ending = null;
    if (node == null) {
      text.append('#');
      cursor.at = hash + 1;
      textEnd = cursor.at;
    } else {
      flush(nodes, text);
      nodes.add(node);
    }
  }
}
