package io.gatehouse.admin.console.parts;

/** An HTTP status, its class told by colour as well. */
public class StatusBadge extends Badge {

  private static final int REDIRECTS = 300;
  private static final int CLIENT_ERRORS = 400;
  private static final int SERVER_ERRORS = 500;

  public StatusBadge(int status) {
    super(Integer.toString(status), tone(status));
    addClassName("gh-number");
  }

  /** How a status is meant. */
  public static Tone tone(int status) {
    if (status >= SERVER_ERRORS) {
      return Tone.ERROR;
    }
    if (status >= CLIENT_ERRORS) {
      return Tone.WARNING;
    }
    return status >= REDIRECTS ? Tone.INFO : Tone.PLAIN;
  }
}
