package io.gatehouse.runtime.sink;

/**
 * How a sink fares.
 *
 * @param sent records that have arrived since the start
 * @param dropped records that never will
 * @param waiting records on their way
 * @param waitingBytes what the sink has on disk
 * @param failing one of few words; empty while records arrive
 * @param lastFailure in words; empty for none since the start
 * @param lastFailureAt epoch milliseconds, 0 for never
 */
public record SinkStatus(
    String sink,
    long sent,
    long dropped,
    long waiting,
    long waitingBytes,
    String failing,
    String lastFailure,
    long lastFailureAt) {}
