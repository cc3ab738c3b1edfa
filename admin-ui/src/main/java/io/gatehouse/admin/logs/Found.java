package io.gatehouse.admin.logs;

import io.gatehouse.model.observed.RequestRecord;
import java.util.List;

/**
 * Requests that were looked for, the newest first.
 *
 * @param more whether there are older ones
 * @param complete whether all that there is was looked through within the time for it
 */
public record Found(List<Entry> entries, boolean more, boolean complete) {

  /**
   * @param order its place among all by time, for the next page
   */
  public record Entry(long order, RequestRecord request) {}

  public Found {
    entries = List.copyOf(entries);
  }
}
