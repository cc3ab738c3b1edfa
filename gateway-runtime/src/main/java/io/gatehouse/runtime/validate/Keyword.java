package io.gatehouse.runtime.validate;

/** What one keyword of a schema demands of a value. */
interface Keyword {

  /** Whether the value meets it; notes with the run why not. */
  boolean holds(Object value, Run run);
}
