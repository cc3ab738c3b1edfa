package io.gatehouse.runtime.xml;

/** The text is not XML, or is nested too deeply. */
public final class InvalidXml extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidXml(String message) {
    super(message);
  }
}
