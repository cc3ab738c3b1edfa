package io.gatehouse.runtime.vtl;

import java.util.HashMap;
import java.util.Map;

/**
 * What the parts of one template share: its text, the numbers of its variables, its macros. Written
 * while the template is compiled, only read afterwards.
 */
final class Compilation {

  final Patterns patterns;
  final String text;
  private final Map<String, Integer> variables = new HashMap<>();
  private final Map<String, Macro> macros = new HashMap<>();
  private boolean readsBody;

  Compilation(String text, Patterns patterns) throws InvalidTemplate {
    this.patterns = patterns;
    this.text = text;
    if (text.length() > Limits.TEMPLATE) {
      throw new InvalidTemplate("A template has at most " + Limits.TEMPLATE + " characters", 1, 1);
    }
    findMacros();
  }

  /** The place of a variable among those of a rendering. */
  int variable(String name, int at) throws InvalidTemplate {
    Integer known = variables.get(name);
    if (known != null) {
      return known;
    }
    if (variables.size() == Limits.VARIABLES) {
      throw invalid("A template has at most " + Limits.VARIABLES + " variables", at);
    }
    variables.put(name, variables.size());
    return variables.size() - 1;
  }

  /** The place of a variable, or -1 when the template does not name it. */
  int known(String name) {
    return variables.getOrDefault(name, -1);
  }

  int variables() {
    return variables.size();
  }

  /** A macro may be called before it is defined, and without one its name is but text. */
  private void findMacros() {
    for (int i = text.indexOf('#'); i >= 0; i = text.indexOf('#', i + 1)) {
      Cursor cursor = new Cursor(this, text, 0, i);
      if ("macro".equals(cursor.directive()) && cursor.tookOpening()) {
        defined(cursor.word());
      }
    }
  }

  /** The macro of a name that is defined somewhere. */
  Macro defined(String name) {
    return macros.computeIfAbsent(name, n -> new Macro());
  }

  /** The macro of this name, null for none. */
  Macro macro(String name) {
    return macros.get(name);
  }

  void readBody() {
    readsBody = true;
  }

  boolean readsBody() {
    return readsBody;
  }

  InvalidTemplate invalid(String sentence, int at) {
    return new InvalidTemplate(sentence, line(at), column(at));
  }

  int line(int at) {
    int line = 1;
    for (int i = 0; i < at && i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    return line;
  }

  int column(int at) {
    return Math.min(at, text.length()) - text.lastIndexOf('\n', at - 1);
  }
}
