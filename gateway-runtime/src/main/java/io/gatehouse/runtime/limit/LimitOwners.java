package io.gatehouse.runtime.limit;

import java.util.Map;

/**
 * The owners of counters, as a node asks them. Asks of one owner travel together. Nothing here
 * waits: replies come later, on any thread, once; a reply that never comes is taken for a failure
 * after a while, and may still come then.
 */
public interface LimitOwners {

  /** Names who owns the bucket or quota at present, for whatever travels together. */
  String ownerOf(String key);

  /**
   * How many nodes share the counters, this one included: as many as were known last, where it has
   * found no other yet.
   */
  int nodes();

  /** Asks for tokens of buckets by their key, which one owner has. */
  void askBuckets(Map<String, BucketAsk> asks, Reply<BucketAnswer> reply);

  /** Asks for leases of quotas by the text of their key, which one owner has. */
  void askQuotas(Map<String, QuotaAsk> asks, Reply<QuotaAnswer> reply);

  /**
   * What comes back.
   *
   * @param <A> bucket's or quota's
   */
  interface Reply<A> {

    /** A key without an answer failed. */
    void answered(Map<String, A> answers);

    /** The owner cannot be reached or did not understand. */
    void failed(String why);
  }
}
