package io.gatehouse.admin.logs;

import io.gatehouse.model.observed.RequestRecord;
import java.util.List;

/**
 * What has been stored since the last look.
 *
 * @param newest of it, the newest first
 * @param arrived how many there are in all
 * @param upTo from where to look the next time
 */
public record Tail(List<RequestRecord> newest, long arrived, long upTo) {

  public Tail {
    newest = List.copyOf(newest);
  }
}
