package io.gatehouse.runtime.limit;

/**
 * What a node asks of a bucket's owner.
 *
 * @param giver names the node's bucket, as long as the node keeps it
 * @param number grows with each ask of the node's
 * @param interval nanoseconds between tokens
 * @param tolerance nanoseconds that the bucket may be spent ahead
 * @param waiting tokens that requests wait for now
 * @param ahead tokens for requests to come
 * @param givenBack tokens that this giver had and did not use, in all, less those that it used
 *     without having them, on its own share while the owner was silent; told in all, so that
 *     nothing is lost or counts twice
 */
public record BucketAsk(
    long giver,
    long number,
    long interval,
    long tolerance,
    long waiting,
    long ahead,
    long givenBack) {}
