package io.gatehouse.runtime.fuzz;

import java.nio.charset.StandardCharsets;

/**
 * The parts of a fuzzed input: UTF-8 text with a line of four hyphens between them, as in the
 * golden files, so that seeds and findings can be read and written by hand. A private use character
 * from U+E000 on stands for a lone surrogate, which UTF-8 cannot carry.
 */
record Parts(String[] texts) {

  private static final String BETWEEN = "\n----\n";

  static Parts of(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c >= 0xE000 && c < 0xE800 ? (char) (c - 0x800) : c);
    }
    return new Parts(out.toString().split(BETWEEN, -1));
  }

  /** Counted from 0; empty where the input has fewer. */
  String part(int number) {
    return number < texts.length ? texts[number] : "";
  }
}
