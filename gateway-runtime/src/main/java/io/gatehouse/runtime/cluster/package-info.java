/**
 * How snapshots come to this node and stay with it: the cluster, the disk, and the word back to the
 * control plane. And who owns the counters of throttles and quotas: members, each those on its
 * partitions.
 */
package io.gatehouse.runtime.cluster;
