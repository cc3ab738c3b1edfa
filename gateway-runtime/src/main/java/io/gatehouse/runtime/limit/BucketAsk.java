package io.gatehouse.runtime.limit;

/**
 * What a node asks of a bucket's owner.
 *
 * @param node who asks
 * @param number grows with each ask of the node's, so that what is given back counts once
 * @param interval nanoseconds between tokens
 * @param tolerance nanoseconds that the bucket may be spent ahead
 * @param waiting tokens that requests wait for now
 * @param ahead tokens for requests to come
 * @param givenBack tokens that the node had and did not use
 */
public record BucketAsk(
    long node,
    long number,
    long interval,
    long tolerance,
    long waiting,
    long ahead,
    long givenBack) {}
