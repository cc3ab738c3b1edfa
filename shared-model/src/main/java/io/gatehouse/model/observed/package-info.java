/**
 * What nodes have seen of requests, as it travels from them to the control plane: one record of
 * each request that is logged, and counts of all of them by the minute.
 */
package io.gatehouse.model.observed;
