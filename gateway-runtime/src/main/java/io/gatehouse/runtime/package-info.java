/**
 * The data plane: nodes that serve traffic from snapshots. Start reading at {@link
 * io.gatehouse.runtime.pipeline.Pipeline}; {@link io.gatehouse.runtime.GatewayNode} puts the parts
 * together.
 */
package io.gatehouse.runtime;
