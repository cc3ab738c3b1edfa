package io.gatehouse.runtime.exchange;

/** What else a caller may do who may call a method. */
public interface Permissions {

  /** Of a caller of whom no policy says anything. */
  Permissions NONE = action -> false;

  /**
   * @param action as policies name it: {@code execute-api:InvalidateCache}
   */
  boolean allow(String action);
}
