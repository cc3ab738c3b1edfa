package io.gatehouse.runtime.exchange;

import java.util.Locale;

/** What the response cache had for a request of a method whose answers are kept. */
public enum CacheResult {
  /** A kept answer that was still good. */
  HIT,
  /** Nothing that could be used: the backend was asked. */
  MISS,
  /** The backend failed, and a kept answer past its time stood in for it. */
  STALE;

  /** As headers and logs tell it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
