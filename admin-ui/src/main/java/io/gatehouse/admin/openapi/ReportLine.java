package io.gatehouse.admin.openapi;

/**
 * What became of one place of an imported document.
 *
 * @param pointer JSON pointer (RFC 6901) into the document
 * @param why one sentence for the person who imports
 */
public record ReportLine(String pointer, Kind kind, String why) {

  /** Converted means kept in another form; dropped means without any effect here. */
  public enum Kind {
    KEPT,
    CONVERTED,
    DROPPED
  }
}
