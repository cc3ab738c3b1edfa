package io.gatehouse.runtime.exchange;

/**
 * Which requests of a method have execution logs, and what is in them, decided when its stage is
 * compiled.
 *
 * @param dataTrace whether headers and bodies are in them
 */
public record MethodLogging(Level level, boolean dataTrace, Redaction redaction) {

  /** Bytes of a body that a log shows at most. */
  public static final int SHOWN_OF_A_BODY = 1024;

  /** The vendor's log levels. */
  public enum Level {
    OFF,
    /** Of requests that are refused or fail. */
    ERROR,
    /** Of all. */
    INFO
  }

  /** Whether a request has an execution log. */
  public boolean logs(boolean failed) {
    return level == Level.INFO || failed && level == Level.ERROR;
  }

  /** Has the beginning of a body that only passes through kept for the log. */
  public void trace(Body body) {
    if (dataTrace && body instanceof Body.Stream stream) {
      stream.remember(SHOWN_OF_A_BODY + 1); // and whether there is more
    }
  }
}
