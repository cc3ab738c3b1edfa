package io.gatehouse.admin.console.parts;

import java.util.Locale;

/** How a message or state is meant. */
public enum Tone {
  PLAIN,
  OK,
  INFO,
  WARNING,
  ERROR;

  /** As the theme file has it. */
  public String className() {
    return name().toLowerCase(Locale.ROOT);
  }
}
