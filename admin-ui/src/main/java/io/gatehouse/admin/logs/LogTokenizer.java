package io.gatehouse.admin.logs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * The words of a text: runs of letters and digits in lower case, whatever stands between them. So
 * an address, a path or an id is found by its whole, which is a phrase, and by each of its words.
 */
final class LogTokenizer extends Tokenizer {

  private static final int LONGEST = 100;

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final char[] buffer = new char[4096];
  private int length;
  private int at;

  @Override
  public boolean incrementToken() throws IOException {
    clearAttributes();
    while (term.length() < LONGEST) {
      if (at == length && !fill()) {
        return term.length() > 0;
      }
      char next = buffer[at++];
      if (isOfWord(next)) {
        term.append(Character.toLowerCase(next));
      } else if (term.length() > 0) {
        return true;
      }
    }
    return true;
  }

  private boolean fill() throws IOException {
    at = 0;
    length = Math.max(0, input.read(buffer));
    return length > 0;
  }

  private static boolean isOfWord(char c) {
    return Character.isLetterOrDigit(c) || Character.isSurrogate(c);
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    at = 0;
    length = 0;
  }

  /** The same for a text that is looked for. */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (char next : text.toCharArray()) {
      boolean of = isOfWord(next);
      if (of) {
        word.append(Character.toLowerCase(next));
      }
      if (!word.isEmpty() && (!of || word.length() == LONGEST)) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }
}
