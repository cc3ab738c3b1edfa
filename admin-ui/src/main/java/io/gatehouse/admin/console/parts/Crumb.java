package io.gatehouse.admin.console.parts;

/**
 * One step of the trail in the header.
 *
 * @param path within the console, without a leading slash; empty for where we are
 */
public record Crumb(String label, String path) {

  public static Crumb here(String label) {
    return new Crumb(label, "");
  }
}
