/**
 * The response cache of stages: what may be kept, under which key, for how long, and who may get
 * it. Answers are kept on the node and, through {@link io.gatehouse.runtime.cache.SharedResponses},
 * by the cluster.
 */
package io.gatehouse.runtime.cache;
