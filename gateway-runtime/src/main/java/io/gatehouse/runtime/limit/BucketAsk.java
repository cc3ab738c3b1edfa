package io.gatehouse.runtime.limit;

/**
 * What a node asks of a bucket's owner.
 *
 * @param node names the asking node, anew each time that it begins to keep the bucket
 * @param number grows with each ask of the node's
 * @param interval nanoseconds between tokens
 * @param tolerance nanoseconds that the bucket may be spent ahead
 * @param waiting tokens that requests wait for now
 * @param ahead tokens for requests to come
 * @param givenBack tokens that it had and did not use, in all, less those that it used without
 *     having them, on its own share while the owner was silent; told in all, so that nothing is
 *     lost or counts twice
 */
public record BucketAsk(
    long node,
    long number,
    long interval,
    long tolerance,
    long waiting,
    long ahead,
    long givenBack) {}
