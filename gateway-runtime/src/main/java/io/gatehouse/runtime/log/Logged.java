package io.gatehouse.runtime.log;

import io.gatehouse.model.aws.DeliveryStream;
import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.runtime.exchange.Trace;

/**
 * A request that its stage wants logged, on its way to wherever records go.
 *
 * @param json the record as it is kept
 * @param trace that the request is a part of; null for none
 * @param stream where the record's line of the access log goes besides; null for nowhere
 */
public record Logged(RequestRecord record, byte[] json, Trace trace, DeliveryStream stream) {}
