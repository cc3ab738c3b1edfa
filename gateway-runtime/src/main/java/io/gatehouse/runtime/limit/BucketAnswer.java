package io.gatehouse.runtime.limit;

/**
 * What an owner grants: tokens, each with the time from which it may be used.
 *
 * @param first when the first token is due, in nanoseconds from the owner's now; may be past
 * @param interval nanoseconds from each token to the next
 * @param count tokens granted
 * @param pause where none are granted, nanoseconds until it is of use to ask again
 * @param left tokens that are left in the bucket now
 */
public record BucketAnswer(long first, long interval, long count, long pause, long left) {}
