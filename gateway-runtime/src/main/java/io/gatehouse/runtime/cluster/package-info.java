/**
 * How snapshots come to this node and stay with it: the cluster, the disk, and the word back to the
 * control plane.
 */
package io.gatehouse.runtime.cluster;
