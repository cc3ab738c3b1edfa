package io.gatehouse.runtime.functions;

/**
 * How a process ended, in the vendor's words.
 *
 * @param errorType as {@code Runtime.ExitError}
 */
record Exit(String errorType, String text) {

  private static final int SIGNALLED = 128;
  private static final int KILL = 9;

  static final Exit OUT_OF_MEMORY =
      new Exit("Runtime.OutOfMemory", "Runtime exited with error: signal: killed");

  static final Exit OUT_OF_DISK =
      new Exit("Runtime.ExitError", "Runtime exited with error: /tmp is larger than 512 MB");

  /** The host ended it. */
  static final Exit STOPPED =
      new Exit("Runtime.ExitError", "Runtime exited with error: signal: killed");

  static Exit of(int status) {
    if (status == 0) {
      return new Exit("Runtime.ExitError", "Runtime exited without providing a reason");
    }
    return new Exit(
        "Runtime.ExitError",
        "Runtime exited with error: "
            + (status > SIGNALLED ? signal(status - SIGNALLED) : "exit status " + status));
  }

  private static String signal(int number) {
    return switch (number) {
      case 4 -> "signal: illegal instruction";
      case 6 -> "signal: aborted";
      case KILL -> "signal: killed";
      case 11 -> "signal: segmentation fault";
      case 15 -> "signal: terminated";
      case 25 -> "signal: file size limit exceeded";
      default -> "signal: " + number;
    };
  }

  /** Whether something outside may have killed it. */
  static boolean killed(int status) {
    return status == SIGNALLED + KILL;
  }
}
