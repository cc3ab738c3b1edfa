package io.gatehouse.runtime.exchange;

/** Where a method's API key comes from. */
public enum ApiKeySource {
  /** The method needs no key. */
  NONE,
  /** From {@code x-api-key}. */
  HEADER,
  /** The method's authorizer names it. */
  AUTHORIZER
}
