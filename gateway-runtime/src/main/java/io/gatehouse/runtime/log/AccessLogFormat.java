package io.gatehouse.runtime.log;

import io.gatehouse.runtime.exchange.AccessLine;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.log.AccessFacts.Fact;
import io.gatehouse.runtime.log.AccessFacts.Over;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The format of a stage's access log, compiled: pieces of text and variables. One request is one
 * line, whatever its caller sends: values are escaped as the format's kind wants it.
 */
public final class AccessLogFormat implements AccessLine {

  /** In the place of what this exchange does not have, and of variables that there are not. */
  private static final String ABSENT = "-";

  private static final int LONGEST_VALUE = 1024;
  private static final int LONGEST_LINE = 16 << 10;

  private static final Pattern LINE_BREAK = Pattern.compile("\\R");
  private static final Pattern VARIABLE =
      Pattern.compile("\\$context\\.([A-Za-z0-9_]+(?:\\.[A-Za-z0-9_]+(?:[:-][A-Za-z0-9_]+)*)*)");

  /** Names that have hyphens and colons in them: those that authors and their issuers choose. */
  private static final Pattern CHOSEN = Pattern.compile("(authorizer|\\w+Override)\\..*");

  private sealed interface Piece {}

  private record Text(String text) implements Piece {}

  /**
   * @param fact null for none
   */
  private record Variable(Fact fact, Escaping escaping) implements Piece {}

  private final List<Piece> pieces;

  private AccessLogFormat(List<Piece> pieces) {
    this.pieces = pieces;
  }

  /**
   * @param format one line, as CLF, JSON, XML or CSV
   */
  public static AccessLogFormat compile(String format) {
    String line = LINE_BREAK.matcher(format.strip()).replaceAll(" ");
    Escaping.Kind kind = Escaping.Kind.of(line);
    List<Piece> pieces = new ArrayList<>();
    Matcher m = VARIABLE.matcher(line);
    int from = 0;
    boolean quoted = false;
    while (m.find(from)) {
      String text = line.substring(from, m.start());
      quoted ^= text.chars().filter(c -> c == '"').count() % 2 == 1;
      pieces.add(new Text(text));
      String name = name(m.group(1));
      pieces.add(new Variable(AccessFacts.fact(name), Escaping.of(kind, quoted, name)));
      from = m.start(1) + name.length();
    }
    pieces.add(new Text(line.substring(from)));
    return new AccessLogFormat(List.copyOf(pieces));
  }

  /** A hyphen behind one of the vendor's own names is text. */
  private static String name(String found) {
    int end = 0;
    while (end < found.length() && found.charAt(end) != '-' && found.charAt(end) != ':') {
      end++;
    }
    return CHOSEN.matcher(found).matches() ? found : found.substring(0, end);
  }

  @Override
  public String of(Exchange x, UnaryOperator<String> hiding, long endNanos, long bytesSent) {
    Over over = new Over(x, endNanos, bytesSent);
    StringBuilder out = new StringBuilder(256);
    for (Piece piece : pieces) {
      switch (piece) {
        case Text(String text) -> out.append(text);
        case Variable(Fact fact, Escaping escaping) -> {
          String value = fact == null ? null : fact.of(over);
          escaping.append(out, value == null ? ABSENT : shown(value, hiding));
        }
      }
      if (out.length() > LONGEST_LINE) {
        break;
      }
    }
    return out.toString();
  }

  private static String shown(String value, UnaryOperator<String> hiding) {
    String clean = hiding.apply(value);
    return clean.length() > LONGEST_VALUE ? clean.substring(0, LONGEST_VALUE) : clean;
  }
}
