package io.gatehouse.admin.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How many requests there were over time.
 *
 * @param width of a bucket
 * @param complete whether all that there is was counted within the time for it
 */
public record Histogram(Duration width, List<Bucket> buckets, boolean complete) {

  /** By class of status; what has another one is among the successes. */
  public record Bucket(
      Instant from, long success, long redirect, long clientError, long serverError) {

    public long all() {
      return success + redirect + clientError + serverError;
    }
  }

  public Histogram {
    buckets = List.copyOf(buckets);
  }

  public long all() {
    return buckets.stream().mapToLong(Bucket::all).sum();
  }
}
